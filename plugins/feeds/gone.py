"""Gone: what feeds once carried and readers may see no more: withdrawn, past its day, or without consent by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.library import Library
from plugins.content_model.registers import Tombstone
from plugins.content_model.story import Story


@dataclass(frozen=True, slots=True)
class Gone:
    """What is left of an entry, and why: the end of the sentence "this article ..."."""

    stone: Tombstone
    why: Literal["was withdrawn", "has expired"]


def gone(library: Library) -> Iterator[Gone]:
    """Yield what is left of each entry that feeds carried: those withdrawn, those expired, those whose consent ended.

    An expired entry keeps its place like a withdrawn one: were it to vanish, every archive after it would change, and
    feed readers would keep its text.
    """
    for stone in library.registers.withdrawn.values():
        if stone.in_feeds:
            yield Gone(stone, "was withdrawn")
    for entry in library.entries:
        if not isinstance(entry, Article | Story | Commitment) or entry.status != "published":
            continue
        end = _end(entry)
        if entry.published is None or end is None or not entry.published < end <= library.as_of:
            continue
        if not entry.allows("feed"):
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
        yield Gone(stone, "has expired")


def _end(entry: Article | Story | Commitment) -> dt.date | None:
    """The first day on which readers may no longer see the entry, or None."""
    ends = [entry.expires] if entry.expires else []
    if isinstance(entry, Story) and entry.consent is not None and not entry.illustrative:
        ends.append(entry.consent.ends)
    return min(ends, default=None)
