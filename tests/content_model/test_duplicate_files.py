"""Test the recognition of copies that programs write beside an entry."""

from __future__ import annotations

import pytest

from plugins.content_model.duplicate_files import remove_copies
from plugins.content_model.entry import Entry
from plugins.content_model.loader import parse_entry
from plugins.content_model.page import Page
from tests.sites.writing import fields, text


def page(path: str, slug: str = "a") -> Entry:
    """Return a page in the file ``path``."""
    made, problems = parse_entry(text(fields(Page, slug)), path, Page)
    assert made is not None, problems
    return made


@pytest.mark.parametrize(
    "path",
    [
        "pages/a/index (1).md",
        "pages/a/index - Copy.md",
        "pages/a/index - Copy (2).md",
        "pages/a/index copy.md",
        "pages/a/index copy 2.md",
        "pages/a/index_copy.md",
        "pages/a/Copy of index.md",
        "pages/a/index (Anna's conflicted copy 2026-11-01).md",
        "pages/a/index (conflicted copy 2026-11-01 101010).md",
        "pages/a/index.sync-conflict-20261101-101010-ABCDEFG.md",
        "pages/a/index-DESKTOP-4F2K.md",
        "pages/a - Copy/index.md",
        "pages/a (1)/index.md",
        "pages/Copy of a/index.md",
    ],
)
@pytest.mark.parametrize("copy_first", [True, False])
def test_the_copy_is_reported(path: str, *, copy_first: bool) -> None:
    """Of two files with one id, the one with a name of a copy is the problem, in either order."""
    original, copy = page("pages/a/index.md"), page(path)
    kept, problems = remove_copies([copy, original] if copy_first else [original, copy])
    assert [entry.source.path for entry in kept] == ["pages/a/index.md"]
    assert [(problem.path, problem.name) for problem in problems] == [(path, "copy-of-an-entry")]
    assert "pages/a/index.md" in problems[0].message


@pytest.mark.parametrize(
    "entries",
    [
        [page("pages/a/index.md"), page("pages/a (1)/index.md", "b")],
        [page("pages/a/index.md"), page("pages/b/index.md")],
        [page("pages/a (1)/index.md")],
    ],
    ids=["another id", "no name of a copy", "no original"],
)
def test_other_entries_stay(entries: list[Entry]) -> None:
    """Neither the name of a copy alone nor an equal id alone makes a copy."""
    kept, problems = remove_copies(entries)
    assert (list(kept), problems) == (entries, [])
