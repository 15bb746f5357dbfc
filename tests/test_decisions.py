"""Test that the decision records have one form, unique numbers and a line in the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "decisions"
RECORDS = sorted(file for file in FOLDER.iterdir() if file.name != "README.md")
#: A record: number and title, date, and three sections with text.
FORM = re.compile(
    r"# (?P<number>[1-9]\d*)\. (?P<title>\S[^\n]*)\n\n"
    r"Date: (?P<date>\d{4}-\d\d-\d\d)\n\n"
    r"## Context\n\n(?P<context>.+?)\n\n"
    r"## Decision\n\n(?P<decision>.+?)\n\n"
    r"## Consequences\n\n(?P<consequences>.+)",
    re.DOTALL,
)


def heading(record: Path) -> str:
    """Return number and title from the first line of ``record``."""
    return record.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_a_record_has_the_required_sections(record: Path) -> None:
    """A record has a number, a title, a date and three sections, and its file name begins with its number."""
    match = FORM.fullmatch(record.read_text(encoding="utf-8"))
    assert match
    sections = [match[name] for name in ("context", "decision", "consequences")]
    assert all(section.strip() for section in sections)
    assert not re.search(r"^#{1,2} ", "\n".join(sections), re.MULTILINE)
    assert re.fullmatch(rf"{int(match['number']):04}-[a-z0-9-]+\.md", record.name)


def test_numbers_are_unique() -> None:
    """No two records share a number."""
    numbers = [record.name.partition("-")[0] for record in RECORDS]
    assert len(set(numbers)) == len(numbers) > 0


def test_the_index_lists_every_record() -> None:
    """The index has one line for each record, in the order of numbers within a subject, with number and title."""
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE)
    assert sorted((file, title) for title, file in lines) == [(record.name, heading(record)) for record in RECORDS]
    for subject in re.split(r"^## ", index, flags=re.MULTILINE)[1:]:
        files = re.findall(r"\]\((.+)\)$", subject, re.MULTILINE)
        assert files
        assert files == sorted(files)
