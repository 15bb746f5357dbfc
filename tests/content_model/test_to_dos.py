"""Test that notes of what is still to do are found, and stop a release where readers rely on the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.base.problem import Position, Severity
from plugins.content_model.loader import load
from plugins.content_model.page import Page
from plugins.content_model.to_dos import to_dos
from tests.sites.writing import TODAY, fields, text, write


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("# To do: one thing. And why.", "one thing"),
        ("  # TODO: one thing", "one thing"),
        ("name: x  # to-do: one thing", "one thing"),
        ("# To do: one\n# thing, such as\n#  this. And more.", "one thing, such as this"),
        ("# To do: one thing\n\n# Another note.", "one thing"),
        ("# To do: one thing\nname: x", "one thing"),
        ("#To do:\n- key: x", "something that the note does not say"),
    ],
)
def test_a_note_is_found_with_its_first_sentence(note: str, words: str) -> None:
    """A note may stand alone or after a value, and go on in the comments below."""
    (found,) = to_dos(note, "register/topics.yaml", 5)
    assert found.message == f"still to do: {words}"
    assert (found.position, found.severity) == (Position(5, note.index("#") + 1), Severity.WARNING)


@pytest.mark.parametrize("line", ["what: to do: this", "# What to do: this", "# Nothing is to do.", "url: a#to do: b"])
def test_other_words_are_no_note(line: str) -> None:
    """Only a comment that begins with the words is a note."""
    assert list(to_dos(line, "register/topics.yaml")) == []


def test_a_release_stops_at_registers_that_readers_in_danger_rely_on(tmp_path: Path) -> None:
    """The help register and the cards of crisis must be finished. Other notes are warnings in any build."""
    page = text(fields(Page, "a")).replace("---\n", "---\n# To do: this.\n", 1)
    draft = text(fields(Page, "b", status="draft")).replace("---\n", "---\n# To do: this.\n", 1)
    names = ("help", "crisis", "topics", "glossary")
    registers = {f"register/{name}.yaml": "# To do: this.\n[]\n" for name in names}
    write(tmp_path, {"pages/a.md": page, "pages/b.md": draft, **registers})
    for release, stopping in ((False, set()), (True, {"register/help.yaml", "register/crisis.yaml"})):
        found = [problem for problem in load(tmp_path, as_of=TODAY, release=release)[1] if problem.name == "to-do"]
        assert {problem.path for problem in found} == {"pages/a.md", *registers}
        assert {problem.path for problem in found if problem.severity is Severity.ERROR} == stopping


@pytest.mark.parametrize(("text", "name"), [("# To do: this.\n[]\n", "to-do"), ("# cafÃ©\n[]\n", "misread-letters")])
def test_a_warning_leaves_the_register_read(text: str, name: str, tmp_path: Path) -> None:
    """A register with a warning counts as read, so that what it lacks, such as 999, is told."""
    write(tmp_path, {"register/help.yaml": text})
    library, problems = load(tmp_path, as_of=TODAY)
    assert [problem.name for problem in problems] == [name]
    assert not library.may_hold_more("register/help.yaml")
