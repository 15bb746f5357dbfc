"""Gone: what feeds once carried and readers may see no more: withdrawn, past its day, or without consent by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.library import Library
from plugins.content_model.registers import Tombstone
from plugins.content_model.story import Story


@dataclass(frozen=True, slots=True)
class WithdrawnItem:
    """What is left of an entry, and why: the end of the sentence "this article ..."."""

    stone: Tombstone
    why: Literal["was withdrawn", "has expired"]


def left(library: Library, since: Mapping[str, dt.date]) -> dict[str, dt.date]:
    """Return the days on which readers were first told that a story is gone whose consent has ended, by its id.

    The day on which the consent ended is the narrator's own, and nothing can write it. What is told is the day of the
    first build without the story: that of this build, unless readers were told before.

    Args:
        library: the content.
        since: the days on which readers were told already, by id.
    """
    as_of = library.as_of
    return {
        entry.id: min(since.get(entry.id, as_of), as_of)
        for entry in _were_carried(library)
        if isinstance(entry, Story)
        and not entry.illustrative
        and entry.consent is not None
        and entry.published is not None
        and entry.published < entry.consent.ends <= as_of
    }


def gone(library: Library, left: Mapping[str, dt.date]) -> Iterator[WithdrawnItem]:
    """Yield what is left of each entry that feeds carried: those withdrawn, those expired, those whose consent ended.

    An expired entry keeps its place like a withdrawn one: were it to vanish, every archive after it would change, and
    feed readers would keep its text.

    Args:
        library: the content.
        left: what the function of that name returns.
    """
    for stone in library.registers.withdrawn.values():
        if stone.in_feeds:
            yield WithdrawnItem(stone, "was withdrawn")
    for entry in _were_carried(library):
        end = left.get(entry.id) or entry.expires
        if entry.published is None or end is None or not entry.published < end <= library.as_of:
            continue
        # The values are valid already, and the model would want them as text.
        stone = Tombstone.model_construct(
            id=entry.id,
            kind=entry.kind_name,
            address=entry.permalink,
            published=entry.published,
            withdrawn_on=end,
            author=None if isinstance(entry, Commitment) else entry.author,
            topics=entry.topics,
            log=tuple(log.on for log in entry.log) if isinstance(entry, Commitment) else (),
        )
        yield WithdrawnItem(stone, "has expired")


def _were_carried(library: Library) -> Iterator[Article | Story | Commitment]:
    """Yield the entries that feeds carry or have carried."""
    for entry in library.entries:
        if isinstance(entry, Article | Story | Commitment) and entry.status == "published" and entry.allows("feed"):
            yield entry
