"""The list of every page."""

from __future__ import annotations

from plugins.content_model.views import Link
from plugins.search.index import Document
from plugins.search.letters import letters


def test_pages_stand_by_letter() -> None:
    """Groups go from A to Z, accents and quotation marks do not count, and what begins with no letter comes first."""
    titles = ["Zoo", "“about” us", "Éclair", "24 hours", "A day", "easy"]
    groups = letters([Document(title, f"/{title}/", "Page") for title in titles])
    assert [group.letter for group in groups] == ["0–9", "A", "E", "Z"]
    assert groups[1].links == (Link("A day", "/A day/"), Link("“about” us", "/“about” us/"))


def test_nothing_to_list() -> None:
    """A site without pages has no letters."""
    assert letters([]) == ()
