"""Pieces: what an item is in a document of one format, made once for all the documents that carry it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from plugins.feeds.items import FeedItem

#: Makes the piece of an item, given the language of the site; it is pure.
Make = Callable[[FeedItem, str], bytes]
#: Pieces of 5,000 articles: each takes about 25 kB in all three formats, in each of the processes that make files.
_ROOM = 128_000_000


class Pieces:
    """Remembers pieces: a text stands in the feed of everything, of its kind, of its author and of each topic.

    Args:
        room: how many bytes are remembered; what is beyond is made each time.
    """

    def __init__(self, room: int = _ROOM) -> None:
        #: By what makes them, the language, and the item's identity; with the item itself, so that no other can take
        #: its place. To compare whole items would cost as much as to make their pieces.
        self._made: dict[tuple[Make, str, int], tuple[FeedItem, bytes]] = {}
        self._room = room

    def of(self, items: Iterable[FeedItem], language: str, make: Make) -> Iterator[bytes]:
        """Yield what ``make`` gives for each of ``items`` and ``language``, or gave before."""
        for item in items:
            key = (make, language, id(item))
            known = self._made.get(key)
            if known is None:
                known = (item, make(item, language))
                if len(known[1]) <= self._room:
                    self._room -= len(known[1])
                    self._made[key] = known
            yield known[1]
