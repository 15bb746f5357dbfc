"""Test that front matter and registers contain no phone number or e-mail address in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.problem import Position
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.loader import load
from plugins.content_model.page import Person
from plugins.content_model.story import Story
from plugins.help_register.contacts_outside_register import check_wording
from tests.help_register.registers import as_text, contacts
from tests.sites.writing import TODAY, fields, text, write

NUMBER = "020 8191 9191"
FOLDERS: dict[type[Entry], str] = {Article: "articles", Story: "stories", Commitment: "commitments", Person: "people"}
_PROMISED = {"on": "2026-06-01", "said": "a", "did": "b", "by_role": "c"}


def check(root: Path, files: dict[str, str]) -> list[tuple[str, str, Position]]:
    """Return name, file and position of each problem of the content ``files``."""
    write(root, files)
    library, _ = load(root, as_of=TODAY)
    problems = check_wording(library, lambda path: (root / path).read_text(encoding="utf-8"))
    return [(problem.name, problem.path, problem.position) for problem in problems]


def place(file: str, words: str) -> Position:
    """Return the position of ``words`` in ``file``."""
    at = file.index(words)
    return Position(file.count("\n", 0, at) + 1, at - file.rfind("\n", 0, at))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (Article, {"title": f"Ring {NUMBER}"}),
        (Article, {"summary": f"Ring {NUMBER} today."}),
        (Article, {"image": {"file": "a.jpg", "alt": f"A card that says {NUMBER}."}}),
        (Article, {"image": {"file": "a.jpg", "alt": "A card.", "credit": f"Us, {NUMBER}"}}),
        (Article, {"updated": [{"on": "2026-06-02", "what": f"New number: {NUMBER}."}]}),
        (Article, {"content_notes": ["drink", f"a call to {NUMBER}"]}),
        (Article, {"sources": [{"title": f"Leaflet {NUMBER}", "publisher": "Us", "url": "https://example.org/"}]}),
        (Article, {"topics": ["work"], "safety_declined": [{"topic": "work", "reason": f"They rang {NUMBER} first."}]}),
        (Story, {"narrator": {"display_name": f"Ash, {NUMBER}", "display": "pseudonym"}}),
        (Commitment, {"statement": f"We answer {NUMBER}."}),
        (Commitment, {"you_can_expect": f"I can ring {NUMBER}."}),
        (Commitment, {"in_practice": ["We ask.", f"We answer {NUMBER}."]}),
        (Commitment, {"measure": f"We count calls to {NUMBER}."}),
        (Commitment, {"made_with": f"Callers of {NUMBER}"}),
        (Commitment, {"log": [{**_PROMISED, "said": f"Ring {NUMBER}."}]}),
        (Commitment, {"log": [{**_PROMISED, "did": f"We put up {NUMBER}."}]}),
        (Commitment, {"log": [{**_PROMISED, "evidence": f"Ring {NUMBER}."}]}),
        (Person, {"role": f"Answers {NUMBER}"}),
    ],
)
@pytest.mark.parametrize(("words", "name"), [(NUMBER, "raw-phone-number"), ("ann@example.org", "raw-email")])
def test_every_sentence_of_front_matter(
    kind: type[Entry], changes: dict[str, Any], words: str, name: str, tmp_path: Path
) -> None:
    """A number or an address in any sentence is reported at its own position."""
    path = f"{FOLDERS[kind]}/a/index.md"
    file = text(fields(kind, "a", **changes)).replace(NUMBER, words)
    assert check(tmp_path, {path: file}) == [(name, path, place(file, words))]


def test_fields_that_hold_no_sentence(tmp_path: Path) -> None:
    """Days, ids, keys, addresses and file names may look like a number."""
    made = fields(
        Article,
        "020-8191-9191",
        id="020-8191-9191",
        aliases=["/blog/02081919191/"],
        image={"file": "02081919191.jpg", "alt": "A card."},
        sources=[{"title": "A", "publisher": "B", "url": "https://example.org/02081919191"}],
        reviewed_on="2026-11-20",
        review_due="2027-11-20",
    )
    assert check(tmp_path, {"articles/a.md": text(made)}) == []


def test_a_value_over_several_lines(tmp_path: Path) -> None:
    """In a folded value, the position is that of the number."""
    file = text(fields(Article, "a")).replace(
        "summary: A summary.", "summary: >-\n  One line,\n  then 020 8191\n  9191."
    )
    assert check(tmp_path, {"articles/a.md": file}) == [("raw-phone-number", "articles/a.md", place(file, "020"))]


def test_an_escaped_value(tmp_path: Path) -> None:
    """A number written with an escape is reported at the beginning of its value."""
    file = text(fields(Article, "a")).replace("summary: A summary.", 'summary: "Ring 020\\x38 191 9191"')
    assert check(tmp_path, {"articles/a.md": file}) == [("raw-phone-number", "articles/a.md", place(file, '"Ring'))]


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("register/topics.yaml", f"- key: a\n  name: A\n  summary: Ring {NUMBER}.\n"),
        ("register/topics.yaml", f"- key: a\n  name: A\n  summary: B.\n  safety: >-\n    Ring\n    {NUMBER}.\n"),
        ("register/topics.yaml", f"- key: b\n  nam: B\n- key: a\n  name: {NUMBER}\n  summary: B.\n"),
        ("register/glossary.yaml", f"- term: HMS\n  meaning: Elm Tree Hub, {NUMBER}\n"),
    ],
)
def test_every_sentence_of_the_registers(path: str, file: str, tmp_path: Path) -> None:
    """A number in a sentence of the topics or the glossary is reported."""
    assert check(tmp_path, {path: file}) == [("raw-phone-number", path, place(file, NUMBER))]


@pytest.mark.parametrize("field", ["name", "who_for", "hours", "cost", "ask_for"])
def test_a_number_belongs_in_its_field(field: str, tmp_path: Path) -> None:
    """In the help register a number belongs in `number` or `text`, where it is parsed and linked."""
    file = as_text(contacts(samaritans={field: "Ring 0300 123 6600"}))
    path = "register/help.yaml"
    assert check(tmp_path, {path: file}) == [("raw-phone-number", path, place(file, "0300"))]


def test_valid_contact_fields(tmp_path: Path) -> None:
    """Numbers, text numbers, addresses and e-mail addresses in their fields are valid."""
    line = {"number": "0300 123 6600", "text": {"number": "85258", "word": "SHOUT"}, "email": "a@example.org"}
    file = as_text(contacts(line={**line, "url": "https://example.org/0300", "source_url": "https://example.org/1"}))
    assert check(tmp_path, {"register/help.yaml": file}) == []


@given(
    before=st.text("abc ,.'\"é\U0001f600", max_size=8),
    after=st.text("abc ,.'\"é\U0001f600", max_size=8),
    group=st.sampled_from(["02081919191", "020 8191 9191", "0208-191-9191", "+44 20 8191 9191", "(020) 8191 9191"]),
)
def test_the_position_is_exact(tmp_path_factory: pytest.TempPathFactory, before: str, after: str, group: str) -> None:
    """Whatever surrounds a number, quoted or not, the position is inside its value and its line."""
    file = text(fields(Article, "a", summary=f"Ring {before} {group} {after} now."))
    (problem,) = check(tmp_path_factory.mktemp("content"), {"articles/a.md": file})
    assert problem[0] == "raw-phone-number"
    line = file.split("\n")[problem[2].line - 1]
    assert line[problem[2].column - 1 :].startswith(group) or line.startswith("summary:")
