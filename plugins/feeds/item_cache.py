"""Cache the rendered bytes of feed items, which are the same in every document of one format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from plugins.feeds.items import FeedItem

#: Renders an item, given the language of the site. It must be pure.
RenderItem = Callable[[FeedItem, str], bytes]
#: Bytes of 5,000 articles: each takes about 25 kB in all three formats, in each of the processes that make files.
_MAX_BYTES = 128_000_000


class ItemCache:
    """Keeps up to ``_MAX_BYTES`` of rendered items; items beyond that are rendered each time."""

    def __init__(self) -> None:
        #: By render function, language and identity of the item. Comparing items by value would cost as much as
        #: rendering them. The value contains the item, which keeps its identity from being used again.
        self._rendered: dict[tuple[RenderItem, str, int], tuple[FeedItem, bytes]] = {}
        self._free_bytes = _MAX_BYTES

    def render(self, items: Iterable[FeedItem], language: str, render_item: RenderItem) -> Iterator[bytes]:
        """Yield ``render_item(item, language)`` for each of ``items``, from the cache where possible."""
        for item in items:
            key = (render_item, language, id(item))
            cached = self._rendered.get(key)
            if cached is None:
                cached = (item, render_item(item, language))
                if len(cached[1]) <= self._free_bytes:
                    self._free_bytes -= len(cached[1])
                    self._rendered[key] = cached
            yield cached[1]
