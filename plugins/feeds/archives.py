"""Split the items of a feed into a subscription document and linked archives (RFC 5005, section 4).

Archives are counted from the oldest item and all have the same size. An archive is closed when every item in it is
older than the newest day of the feed, so a new item of that day or a later one changes no closed archive. An item with
an older day moves the items after it.

The subscription document contains the newest items and all recent withdrawals. When it cannot contain every item that
is in no closed archive (texts are long, or many items share a day), open archives contain the rest. The name of an open
archive includes the number of items in the feed, so a document of a given name never changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plugins.base.fingerprint import FingerprintOnce
from plugins.feeds.items import FeedItem

#: Whether a feed of these items is within the size limits.
Fits = Callable[[Sequence[FeedItem]], bool]


@dataclass(frozen=True, slots=True)
class FeedDocument(FingerprintOnce):
    """One document of a feed.

    Attributes:
        name: ``archive-3``; "" for the subscription document.
        items: newest first.
        previous: name of the archive with the next older items, or "".
        left_out: the newest items that are each too long for any subscription document; only archives contain them.
    """

    name: str
    items: tuple[FeedItem, ...]
    previous: str = ""
    left_out: tuple[FeedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSplitter:
    """Splits the items of a feed into documents.

    Attributes:
        size: number of items in an archive, and the most in the subscription document.
        withdrawn_days: number of days for which the subscription document contains a withdrawn item.
        as_of: the day of the build.
    """

    size: int
    withdrawn_days: int
    as_of: dt.date

    def split(self, items: Sequence[FeedItem], fits: Fits) -> tuple[FeedDocument, ...]:
        """Return the subscription document and its archives, newest first.

        Args:
            items: all items of the feed, newest first.
            fits: whether a subscription document of the given items is within the size limits.
        """
        newest, left_out = self._newest(items, fits)
        closed = self._closed_count(items)
        open_items = items[: len(items) - closed * self.size]
        newest_ids = {item.id for item in newest}
        # Counted from the oldest open item to the newest one that only an open archive can contain.
        archived = max(
            (len(open_items) - index for index, item in enumerate(open_items) if item.id not in newest_ids), default=0
        )
        names = [f"archive-{number}" for number in range(1, closed + 1)]
        names += [
            f"archive-{closed + 1 + start // self.size}-of-{len(items)}" for start in range(0, archived, self.size)
        ]
        oldest_first = items[::-1]
        parts = [oldest_first[number * self.size : (number + 1) * self.size] for number in range(len(names))]
        archives = [
            FeedDocument(name, tuple(part[::-1]), previous)
            for name, part, previous in zip(names, parts, ("", *names), strict=False)
        ]
        return (FeedDocument("", newest, names[-1] if names else "", left_out), *reversed(archives))

    def _newest(self, items: Sequence[FeedItem], fits: Fits) -> tuple[tuple[FeedItem, ...], tuple[FeedItem, ...]]:
        """Return the items of the subscription document, and the newest items that are too long for it.

        Withdrawn items take precedence when space is short. They are small, and feed readers keep the old text until
        they receive them.
        """
        withdrawn = tuple(item for item in items if item.withdrawn_on and self._is_recent(item.withdrawn_on))
        window = [item for item in items[: self.size] if not item.withdrawn_on]
        kept = _in_order((*withdrawn, *window))
        if fits(kept):
            return kept, ()
        # An item that is too long for any feed must not exclude all older items.
        left_out = tuple(item for item in window if not fits(_in_order((*withdrawn, item))))
        window = [item for item in window if item not in left_out]
        low, high = 0, len(window)
        while low < high:
            middle = (low + high + 1) // 2
            if fits(_in_order((*withdrawn, *window[:middle]))):
                low = middle
            else:
                high = middle - 1
        return _in_order((*withdrawn, *window[:low])), left_out

    def _is_recent(self, day: dt.date) -> bool:
        return (self.as_of - day).days < self.withdrawn_days

    def _closed_count(self, items: Sequence[FeedItem]) -> int:
        older = sum(item.published < items[0].published for item in items) if items else 0
        return older // self.size


def _in_order(items: Sequence[FeedItem]) -> tuple[FeedItem, ...]:
    return tuple(sorted(items, key=lambda item: item.order))
