"""Test that ``--fix`` changes only the lines of a problem, to what the author meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.authoring.check.autofix import autofix
from plugins.authoring.check.spelling import Slip
from plugins.base.problem import Position
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Page
from plugins.content_model.story import Story
from plugins.markdown_blocks.block_scanner import outline
from plugins.markdown_blocks.normalise import normalise
from tests.authoring.check.world import page
from tests.sites.writing import fields, text

PATH = "pages/a/index.md"
#: Suffixes of a value. Colons, quotation marks and bullets in a comment have no meaning.
_NOTES = st.sampled_from(("", "", "  # a: note", " # “b”: c # d", " #", " # • e:"))
#: Parts of a text that is valid as a plain YAML scalar.
_WORDS = st.lists(
    st.sampled_from(("tea", "no#two", "Say", "no:where", "O'Neil", '"no"', "a\\b", "é", "-", "[c]")), max_size=3
)
_PIECES = (
    "Text.", "What helps:", "- tea", "  - green", "    - mint", "1. one", "   - milk", "", "", "> - a", "> b", "- ",
    "      More of it.", "```", "    code", "/// quote | A", "///", "# Heading", "[^1]: A note.", "<!-- a -->", "\t- b",
)  # fmt: skip
_BODIES = st.lists(st.sampled_from(_PIECES), max_size=14).map("\n".join)


@st.composite
def _lines(draw: st.DrawFn) -> list[tuple[str, str, str]]:
    """Return the lines of valid front matter, each as prefix, value and suffix."""

    def words() -> str:
        return " ".join(("A", *draw(_WORDS)))

    return [
        ("id: ", "entry-id-a", draw(_NOTES)),
        ("slug: ", "a", draw(_NOTES)),
        ("# a comment: with “colons”: in it", "", ""),
        ("title: ", words(), draw(_NOTES)),
        ("summary: >", "", draw(_NOTES)),
        ("  A text: of “more” lines", "", ""),
        ("  key: “of no field”", "", ""),
        ("sources:", "", draw(_NOTES)),
        ("  - title: ", words(), draw(_NOTES)),
        ("    publisher: ", words(), draw(_NOTES)),
        ("    url: ", "https://a.example/", ""),
        ("content_notes:", "", draw(_NOTES)),
        ("  - ", words(), draw(_NOTES)),
    ]


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _second_colon(start: str, value: str) -> tuple[str, str]:
    """Return the line with a second colon, as an author writes it and as it is meant."""
    return f"{start}{value}: why", f"{start}{_quoted(f'{value}: why')}"


def _curly(start: str, value: str) -> tuple[str, str]:
    value = value.replace('"', "")
    return f"{start}“{value}”", f"{start}{_quoted(value)}"


def _tabs(start: str, value: str) -> tuple[str, str]:
    indent = len(start) - len(start.lstrip())
    return "\t" * (indent // 2) + start.lstrip() + value, start + value


@pytest.mark.parametrize("slip", [_second_colon, _curly, _tabs], ids=lambda slip: slip.__name__.strip("_"))
@given(data=st.data(), lines=_lines(), body=_BODIES)
def test_fixes_of_front_matter_change_only_their_lines(
    slip: Callable[[str, str], tuple[str, str]], data: st.DataObject, lines: list[tuple[str, str, str]], body: str
) -> None:
    """With mistakes in some fields, a fix gives the meant values and keeps all other lines and comments."""
    with_text = [number for number, (_, value, _) in enumerate(lines) if value.startswith("A")]
    chosen = data.draw(st.sets(st.sampled_from(with_text), min_size=1))
    wrong, meant = [], []
    for number, (start, value, note) in enumerate(lines):
        pair = slip(start, value) if number in chosen and ": " in start else (start + value, start + value)
        wrong.append(pair[0] + note)
        meant.append(pair[1] + note)
    after = autofix("\n".join(("---", *wrong, "---", body)), PATH, Page, outline)
    assert after.split("\n")[: len(lines) + 2] == ["---", *meant, "---"]


@given(_BODIES)
def test_fixes_of_lists_keep_their_meaning(body: str) -> None:
    """For any list in a body, the fixed text renders as the original did."""
    file = page(body)
    after = autofix(file, PATH, Page, outline)
    assert after.startswith(page(""))
    assert normalise(after.removeprefix(page(""))) == normalise(body)


@given(_BODIES.map(page), st.lists(st.sampled_from(("unread: a", "“title”: b", "color: c", "title: “A”")), max_size=2))
def test_fixes_cause_no_new_problem(file: str, extra: list[str]) -> None:
    """A fix causes no new problem, and does not rename an unknown field to one that exists."""
    before = "\n".join(("---", *extra, *file.split("\n")[1:]))
    after = autofix(before, PATH, Page, outline)
    told = [{problem.name for problem in parse_entry(text, PATH, Page)[1]} for text in (before, after)]
    assert told[1] <= told[0]


@pytest.mark.parametrize(
    ("kind", "changes"),
    [(Story, {"approved_text": "0" * 64, "illustrative": None}), (Commitment, {})],
    ids=["an approved story", "a recorded commitment"],
)
def test_recorded_texts_are_not_fixed(kind: type[Entry], changes: dict[str, str | None]) -> None:
    """Texts that a narrator approved and statements of commitments are not changed."""
    told = {"summary": "The color of it.", **({"statement": "We paint in color."} if kind is Commitment else {})}
    file = text(fields(kind, "a", **changes, **told), "- tea\n  - green\n")
    field = "statement" if kind is Commitment else "summary"
    number, line = next((n, line) for n, line in enumerate(file.split("\n"), start=1) if line.startswith(field))
    slip = Slip(PATH, Position(number, line.index("color") + 1), "color", ("colour",), american=True)
    after = autofix(file, PATH, kind, outline, [slip])
    assert parse_entry(file, PATH, kind)[0] is not None
    mended_list = file.replace("  - green", "    - green")
    assert after == (mended_list if kind is Commitment else file)
