"""Find the entries that feeds must report as removed: withdrawn, expired, or without consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.library import Library
from plugins.content_model.story import Story
from plugins.content_model.tombstone import Tombstone


class FeedTombstone(Struct, frozen=True):
    """A removed entry, and the reason: the predicate of the sentence "This article ...".

    The tombstone is that of the register, or created for an entry that has expired or lost its consent.
    """

    stone: Tombstone
    reason: Literal["was withdrawn", "has expired"]


def consent_removal_days(library: Library, since: Mapping[str, dt.date]) -> dict[str, dt.date]:
    """Return the public removal days of the stories whose consent has ended, by id.

    The day on which a consent ends is private. The public day is that of the first build without the story: the day in
    ``since``, or else the day of this build.

    Args:
        library: the content.
        since: removal days of earlier builds, by id.
    """
    as_of = library.as_of
    return {
        entry.id: min(since.get(entry.id, as_of), as_of)
        for entry in _published(library)
        if isinstance(entry, Story)
        and not entry.illustrative
        and entry.consent is not None
        and entry.published is not None
        and entry.published < entry.consent.ends <= as_of
    }


def feed_tombstones(library: Library, removal_days: Mapping[str, dt.date]) -> Iterator[FeedTombstone]:
    """Yield a tombstone of each entry that feeds used to contain and that is withdrawn, expired or without consent.

    An expired entry keeps its position like a withdrawn one. Without it, every newer archive would change, and feed
    readers would keep its text.

    Args:
        library: the content.
        removal_days: result of ``consent_removal_days``.
    """
    for stone in library.registers.withdrawn.values():
        if stone.in_feeds:
            yield FeedTombstone(stone, "was withdrawn")
    for entry in _published(library):
        end = removal_days.get(entry.id) or entry.expires
        if entry.published is None or end is None or not entry.published < end <= library.as_of:
            continue
        # Validation would require text instead of the values, which are valid already.
        stone = Tombstone.model_construct(
            id=entry.id,
            kind=entry.kind_name,
            address=entry.permalink,
            published=entry.published,
            withdrawn_on=end,
            author=None if isinstance(entry, Commitment) else entry.author,
            topics=entry.topics,
            feed_id=None if isinstance(entry, Commitment) else entry.feed_id,
            log=tuple(log.on for log in entry.log) if isinstance(entry, Commitment) else (),
        )
        yield FeedTombstone(stone, "has expired")


def _published(library: Library) -> Iterator[Article | Story | Commitment]:
    """Yield the entries that feeds contain or used to contain."""
    for entry in library.entries:
        if isinstance(entry, Article | Story | Commitment) and entry.status == "published" and entry.allows("feed"):
            yield entry
