"""Archives: cuts all that a feed ever carried into documents that lead from one to the next (RFC 5005, section 4).

The archives are counted from the oldest item, each of the same size, and one is closed only when every item in it is
older than the newest day of the feed. So an item of that day or a later one, wherever it stands among others of its
day, changes no closed one. (An item that is given an older day belongs into the past, and moves what came after it.)

The feed that people subscribe to holds the newest items, and what was taken back of late wherever it stood. When it
has no room for all that is in no closed archive yet (texts are long, or many share a day), open archives hold the
rest. Their names count the items of the whole feed: a document of that name never changes either, it gives way to
another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plugins.base.fingerprint import FingerprintOnce
from plugins.feeds.items import FeedItem

#: Tells whether a feed of these items is small enough.
Fits = Callable[[Sequence[FeedItem]], bool]


@dataclass(frozen=True, slots=True)
class FeedDocument(FingerprintOnce):
    """One document of a feed.

    Attributes:
        name: ``archive-3``; "" for the feed that people subscribe to.
        items: newest first.
        previous: name of the archive that holds what came before, or "".
        left_out: of the newest items, those that no feed may hold, each too long by itself; only an archive has them.
    """

    name: str
    items: tuple[FeedItem, ...]
    previous: str = ""
    left_out: tuple[FeedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """How a feed is cut.

    Attributes:
        size: items in an archive, and at most in the feed that people subscribe to.
        withdrawn_days: for how long that feed says that something is gone.
        as_of: the day of the build.
    """

    size: int
    withdrawn_days: int
    as_of: dt.date

    def documents(self, items: Sequence[FeedItem], fits: Fits) -> tuple[FeedDocument, ...]:
        """Return the feed that people subscribe to and, newest first, its archives.

        Args:
            items: everything, newest first.
            fits: tells whether the feed that people subscribe to may hold these items.
        """
        newest, left_out = self._newest(items, fits)
        closed = self._closed(items)
        rest = items[: len(items) - closed * self.size]
        held = {item.id for item in newest}
        reached = max((len(rest) - place for place, item in enumerate(rest) if item.id not in held), default=0)
        names = [f"archive-{number}" for number in range(1, closed + 1)]
        names += [
            f"archive-{closed + 1 + start // self.size}-of-{len(items)}" for start in range(0, reached, self.size)
        ]
        oldest_first = items[::-1]
        parts = [oldest_first[number * self.size : (number + 1) * self.size] for number in range(len(names))]
        archives = [
            FeedDocument(name, tuple(part[::-1]), previous)
            for name, part, previous in zip(names, parts, ("", *names), strict=False)
        ]
        return (FeedDocument("", newest, names[-1] if names else "", left_out), *reversed(archives))

    def _newest(self, items: Sequence[FeedItem], fits: Fits) -> tuple[tuple[FeedItem, ...], tuple[FeedItem, ...]]:
        """The items of the feed that people subscribe to, and the newest that are too long for it.

        What is gone comes first when room is short: it is small, and readers hold the old text until they see it.
        """
        gone = tuple(item for item in items if item.withdrawn_on and self._is_recent(item.withdrawn_on))
        window = [item for item in items[: self.size] if not item.withdrawn_on]
        kept = _in_order((*gone, *window))
        if fits(kept):
            return kept, ()
        # An item too long for any feed must not keep out all that came before it.
        left_out = tuple(item for item in window if not fits(_in_order((*gone, item))))
        window = [item for item in window if item not in left_out]
        low, high = 0, len(window)
        while low < high:
            middle = (low + high + 1) // 2
            if fits(_in_order((*gone, *window[:middle]))):
                low = middle
            else:
                high = middle - 1
        return _in_order((*gone, *window[:low])), left_out

    def _is_recent(self, day: dt.date) -> bool:
        return (self.as_of - day).days < self.withdrawn_days

    def _closed(self, items: Sequence[FeedItem]) -> int:
        """How many archives are closed."""
        older = sum(item.published < items[0].published for item in items) if items else 0
        return older // self.size


def _in_order(items: Sequence[FeedItem]) -> tuple[FeedItem, ...]:
    return tuple(sorted(items, key=lambda item: item.order))
