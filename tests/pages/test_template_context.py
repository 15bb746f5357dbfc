"""What templates are given."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.engine.build_parts import FeedLink
from plugins.engine.settings import SettingsError
from plugins.pages.settings import PageSettings
from plugins.pages.template_context import feed_groups, pagination
from plugins.views.views import Link

SETTINGS: dict[str, Any] = {
    "PAGE_SIZE": 12,
    "HOME_DOORS": [("For me", "My own drinking", "/help/", "for-me")],
    "HOME_STORIES": 3,
    "HOME_COMMITMENTS": 4,
    "NAVIGATION": [("Articles", "/articles/")],
    "FOOTER": [],
    "EXIT_URL": "https://www.example.org/weather",
}


@pytest.mark.parametrize(
    ("count", "number", "shown"),
    [
        (9, 5, "1 2 3 4 5 6 7 8 9"),
        (10, 1, "1 2 3 … 10"),
        (10, 4, "1 2 3 4 5 6 … 10"),
        (834, 41, "1 … 39 40 41 42 43 … 834"),
        (834, 833, "1 … 831 832 833 834"),
    ],
)
def test_a_long_list_shows_the_pages_near_by(count: int, number: int, shown: str) -> None:
    """A list of many pages links to its first, its last, and those near the one that is open; each link leads there."""
    made = pagination([Link(str(page), f"/a/page/{page}/") for page in range(1, count + 1)], number)
    assert " ".join(link.label for link in made.pages) == shown
    assert all(link.href == ("" if link.label == "…" else f"/a/page/{link.label}/") for link in made.pages)


def test_pagination() -> None:
    """A page of a list knows its number, its neighbours and all its sisters."""
    pages = (Link("1", "/a/"), Link("2", "/a/page/2/"), Link("3", "/a/page/3/"))
    middle = pagination(pages, 2)
    assert (middle.number, middle.count, middle.previous, middle.next) == (2, 3, "/a/", "/a/page/3/")
    assert middle.pages == pages


def test_the_ends_of_a_list_have_one_neighbour() -> None:
    """The first page has none before it, the last none after it."""
    pages = (Link("1", "/a/"), Link("2", "/b/"))
    assert pagination(pages, 1).previous == ""
    assert pagination(pages, 2).next == ""


def test_feeds_by_group() -> None:
    """Feeds stand under their headings, both in the order in which they came."""
    feeds = [FeedLink(name, "/", "x", group=group) for name, group in (("a", "B"), ("b", "A"), ("c", "B"))]
    assert [(group.title, [feed.subject for feed in group.feeds]) for group in feed_groups(feeds)] == [
        ("B", ["a", "c"]),
        ("A", ["b"]),
    ]


def test_settings_are_read() -> None:
    """The numbers and links of the settings file reach the pages."""
    settings = PageSettings.from_pelican(SETTINGS)
    assert settings.page_size == 12
    assert settings.navigation == (Link("Articles", "/articles/"),)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAGE_SIZE", 0),
        ("PAGE_SIZE", "12"),
        ("PAGE_SIZE", True),
        ("HOME_DOORS", [("For me", "/help/")]),
        ("HOME_DOORS", None),
        ("HOME_STORIES", -1),
        ("HOME_COMMITMENTS", 1.5),
        ("NAVIGATION", ["/a/"]),
        ("NAVIGATION", None),
        ("FOOTER", [("a", "b", "c")]),
        ("EXIT_URL", ""),
        ("EXIT_URL", "http://example.org"),
        ("EXIT_URL", "/weather/"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: object) -> None:
    """A wrong setting is an error that names it."""
    with pytest.raises(SettingsError, match=name):
        PageSettings.from_pelican({**SETTINGS, name: value})
