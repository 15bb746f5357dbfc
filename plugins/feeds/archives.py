"""Split the items of a feed into a subscription document and linked archives (RFC 5005, section 4).

Only the feed of the whole site has archives. Archives are counted from the oldest item and have half as many items as
the subscription document, so that document usually contains every item that is in no archive. An archive is closed when
every item in it is older than the newest day of the feed, so a new item of that day or a later one changes no closed
archive. An item with an older day moves the items after it. The first two archives close together, because an archive
must link to another one.

When the subscription document cannot contain every item that is in no closed archive (texts are long, or many items
share a day), open archives contain the rest. The name of an open archive includes the number of items in the feed, so a
document of a given name never changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from plugins.base.fingerprint import FingerprintOnce
from plugins.feeds.items import FeedItem

#: Whether a feed of these items is within the size limits.
Fits = Callable[[Sequence[FeedItem]], bool]


class FeedDocument(FingerprintOnce, Struct, frozen=True):
    """One document of a feed.

    Attributes:
        name: ``archive-3``; "" for the subscription document.
        items: newest first.
        previous: name of the archive with the next older items, or "".
        following: of the oldest archive, the name of the archive with the next newer items; otherwise "". The link from
            any other archive would change when the next archive closes.
        left_out: the newest items that are each too long for any subscription document; only archives contain them.
    """

    name: str
    items: tuple[FeedItem, ...]
    previous: str = ""
    following: str = ""
    left_out: tuple[FeedItem, ...] = ()


class DocumentSplitter(Struct, frozen=True):
    """Splits the items of a feed into documents.

    Attributes:
        size: the most items in the subscription document, apart from withdrawals.
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
        subscription = self.subscription(items, fits)
        closed, size = self._closed_count(items), self._archive_size
        open_items = items[: len(items) - closed * size]
        newest_ids = {item.id for item in subscription.items}
        # Counted from the oldest open item to the newest one that only an open archive can contain.
        archived = max(
            (len(open_items) - index for index, item in enumerate(open_items) if item.id not in newest_ids), default=0
        )
        names = [f"archive-{number}" for number in range(1, closed + 1)]
        parts = [items[::-1][start : start + size] for start in range(0, closed * size, size)]
        if archived and not closed:
            # A single archive could not link to another one.
            archived = max(archived, min(2, len(open_items)))
            size = min(size, (archived + 1) // 2)
        for start in range(0, archived, size):
            names.append(f"archive-{len(names) + 1}-open-{len(items)}")
            parts.append(open_items[::-1][start : start + size])
        archives = [
            FeedDocument(name, tuple(part[::-1]), previous, names[1] if len(names) > 1 and not previous else "")
            for name, part, previous in zip(names, parts, ("", *names), strict=False)
        ]
        return (replace(subscription, previous=names[-1] if names else ""), *reversed(archives))

    def subscription(self, items: Sequence[FeedItem], fits: Fits) -> FeedDocument:
        """Return the subscription document of a feed without archives."""
        newest, left_out = self._newest(items, fits)
        return FeedDocument("", newest, left_out=left_out)

    def _newest(self, items: Sequence[FeedItem], fits: Fits) -> tuple[tuple[FeedItem, ...], tuple[FeedItem, ...]]:
        """Return the items of the subscription document, and the newest items that are too long for it.

        Withdrawn items take precedence when space is short. They are small, and feed readers keep the old text until
        they receive them.
        """
        kept = self.window(items)
        if fits(kept):
            return kept, ()
        withdrawn = tuple(item for item in kept if item.withdrawn_on)
        window = [item for item in kept if not item.withdrawn_on]
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

    def window(self, items: Sequence[FeedItem]) -> tuple[FeedItem, ...]:
        """Return the items of a subscription document without size limits: the newest, and recent withdrawals."""
        withdrawn = (item for item in items if item.withdrawn_on and self._is_recent(item.withdrawn_on))
        return _in_order((*withdrawn, *(item for item in items[: self.size] if not item.withdrawn_on)))

    def _is_recent(self, day: dt.date) -> bool:
        return (self.as_of - day).days < self.withdrawn_days

    @property
    def _archive_size(self) -> int:
        return max(1, self.size // 2)

    def _closed_count(self, items: Sequence[FeedItem]) -> int:
        older = sum(item.published.date() < items[0].published.date() for item in items) if items else 0
        closed = older // self._archive_size
        return closed if closed > 1 else 0


def _in_order(items: Sequence[FeedItem]) -> tuple[FeedItem, ...]:
    return tuple(sorted(items, key=lambda item: item.order))
