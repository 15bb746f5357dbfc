"""Addresses: every address of the site that a text may link to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.content_model import permalink
from plugins.content_model.library import Library
from plugins.content_model.page import Layout
from plugins.content_model.story import Story

#: Layouts whose page exists, under the layout's own name, even while nobody has written its text.
_STANDING: tuple[Layout, ...] = ("help", "subscribe", "charter", "privacy-receipt")


def internal_addresses(library: Library) -> frozenset[str]:
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


@dataclass(frozen=True, slots=True)
class RemovedTarget:
    """Something that was withdrawn, or is past its day.

    Attributes:
        kind: what it was.
        names: what it was called, as far as that is known: its title, and the words of its address.
    """

    kind: str
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """What a text may say in place of its name."""
        return f"{'an' if self.kind[0] in 'aeiou' else 'a'} {self.kind} that is no longer here"

    def is_named_in(self, text: str) -> bool:
        """Tell whether ``text`` holds a name of it."""
        spaced = f" {_plain(text)} "
        return any(f" {_plain(name)} " in spaced for name in self.names)


def removed_targets(library: Library, *, release: bool = False) -> dict[str, RemovedTarget]:
    """Return what was withdrawn, by its file and by each of its addresses: links to it are taken out.

    Nobody who takes a story back waits for other entries to be mended first.

    Args:
        library: the content.
        release: True adds what is past its day, so that no link to it holds up the build that takes it down.
    """
    found: dict[str, RemovedTarget] = {}
    for stone in library.registers.withdrawn.values():
        one = RemovedTarget(stone.kind, (_last(stone.address),))
        found |= dict.fromkeys((stone.file or stone.address, *_forms(stone.address, *stone.aliases)), one)
    for entry in library.entries if release else ():
        expired = entry.status == "published" and entry.expires is not None and entry.expires <= library.as_of
        if expired or (isinstance(entry, Story) and entry.has_lapsed(library.as_of)):
            one = RemovedTarget(entry.kind_name, (entry.title, _last(entry.permalink)))
            found |= dict.fromkeys((entry.source.path, *_forms(entry.permalink, *entry.aliases)), one)
    return found


def _forms(*addresses: str) -> Iterator[str]:
    for address in addresses:
        yield address
        yield f"{address.rstrip('/')}/"


def _last(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
