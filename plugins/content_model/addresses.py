"""Addresses: every address of the site that a text may link to."""

from __future__ import annotations

from plugins.content_model import permalink
from plugins.content_model.library import Library

#: Folder of the feeds; their names are known only when they are made.
FEEDS = "/feeds/"


def addresses(library: Library) -> frozenset[str]:
    """Return the permalinks of all pages that the live content makes: first pages of lists, and old addresses too."""
    return frozenset(
        {
            permalink.HOME,
            *(permalink.index(section) for section in ("articles", "stories", "commitments", "topics", "people")),
            *(permalink.entry("", slug) for slug in ("help", "subscribe", "charter")),
            *(entry.permalink for entry in library.live),
            *(alias for entry in library.live for alias in entry.aliases),
            *(topic.permalink for topic in library.topics.values() if library.by_topic[topic.key]),
        },
    )
