"""Cache the rendered bytes of feed items, which are the same in every document of one format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from plugins.base.parallel import run_in_processes
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
            cached = self._rendered.get((render_item, language, id(item)))
            if cached is not None:
                yield cached[1]
                continue
            data = render_item(item, language)
            self._keep(item, language, render_item, data)
            yield data

    def fill(self, items: Iterable[FeedItem], language: str, renderers: Sequence[RenderItem]) -> None:
        """Render ``items`` in all formats in several processes, so that ``render`` finds them."""
        each = list({id(item): item for item in items}.values())
        made = run_in_processes(lambda item: [render_item(item, language) for render_item in renderers], each)
        for item, rendered in zip(each, made, strict=True):
            for render_item, data in zip(renderers, rendered, strict=True):
                self._keep(item, language, render_item, data)

    def _keep(self, item: FeedItem, language: str, render_item: RenderItem, data: bytes) -> None:
        if len(data) <= self._free_bytes:
            self._free_bytes -= len(data)
            self._rendered[(render_item, language, id(item))] = (item, data)
