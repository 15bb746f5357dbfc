"""Addresses: every address of the site that a text may link to."""

from __future__ import annotations

from plugins.content_model import permalink
from plugins.content_model.library import Library
from plugins.content_model.page import Layout

#: Layouts whose page exists, under the layout's own name, even while nobody has written its text.
_STANDING: tuple[Layout, ...] = ("help", "subscribe", "charter")


def addresses(library: Library) -> frozenset[str]:
    """Return the permalinks of all pages that the live content makes: first pages of lists, and old addresses too."""
    return frozenset(
        {
            permalink.HOME,
            *(permalink.index(section) for section in ("articles", "stories", "commitments", "topics", "people")),
            *(permalink.entry("", layout) for layout in _STANDING if library.page(layout) is None),
            *(entry.permalink for entry in library.live),
            *(alias for entry in library.live for alias in entry.aliases),
            *(permalink.choice(way, key) for way, choices in library.choices.items() for key in choices),
            *(topic.permalink for topic in library.topics.values() if library.by_topic[topic.key]),
        },
    )
