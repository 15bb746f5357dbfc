"""List the addresses that a text may link to, and the targets that were removed from the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from plugins.content_model import permalink
from plugins.content_model.library import Library
from plugins.content_model.page import Layout
from plugins.content_model.story import Story

#: Layouts with a page even if no entry has that layout. The slug is the name of the layout.
_STANDING: tuple[Layout, ...] = ("help", "subscribe", "charter", "privacy-receipt")


def internal_addresses(library: Library) -> frozenset[str]:
    """Return the permalinks of all live pages, the first pages of lists, and old addresses."""
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


class RemovedTarget(Struct, frozen=True):
    """An entry that was withdrawn or has expired.

    Attributes:
        kind: the kind of entry.
        names: its title, if known, and the words of its address.
    """

    kind: str
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """A phrase that a text may use in place of its name."""
        return f"{'an' if self.kind[0] in 'aeiou' else 'a'} {self.kind} that is no longer here"

    def is_named_in(self, text: str) -> bool:
        """Return True if ``text`` contains one of its names."""
        spaced = f" {_plain(text)} "
        return any(f" {_plain(name)} " in spaced for name in self.names)


def removed_targets(library: Library, *, release: bool = False) -> dict[str, RemovedTarget]:
    """Return the removed targets by file and by address. The build takes out links to them.

    So a withdrawal does not wait until somebody corrects the entries that link to it.

    Args:
        library: the content.
        release: True adds expired entries and stories whose consent has ended, so that links to them do not fail the
            build that removes them.
    """
    targets: dict[str, RemovedTarget] = {}
    for tombstone in library.registers.withdrawn.values():
        target = RemovedTarget(tombstone.kind, (_last(tombstone.address),))
        keys = (tombstone.file or tombstone.address, *_forms(tombstone.address, *tombstone.aliases))
        targets |= dict.fromkeys(keys, target)
    for entry in library.entries if release else ():
        expired = entry.status == "published" and entry.expires is not None and entry.expires <= library.as_of
        if expired or (isinstance(entry, Story) and entry.has_lapsed(library.as_of)):
            target = RemovedTarget(entry.kind_name, (entry.title, _last(entry.permalink)))
            targets |= dict.fromkeys((entry.source.path, *_forms(entry.permalink, *entry.aliases)), target)
    return targets


def _forms(*addresses: str) -> Iterator[str]:
    for address in addresses:
        yield address
        yield f"{address.rstrip('/')}/"


def _last(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
