"""Cache the rendered bytes of feed items, which are the same in every document of one format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from plugins.base.parallel import run_in_processes
from plugins.base.scratch_file import Place, ScratchFile
from plugins.feeds.items import FeedItem

#: Renders an item, given the language of the site. It must be pure.
RenderItem = Callable[[FeedItem, str], bytes]


class ItemCache:
    """Keeps rendered items in a file, because those of 1,000 articles take 25 MB in all formats.

    An item that does not fit on the disk is rendered each time.
    """

    def __init__(self) -> None:
        #: By render function, language and identity of the item. Comparing items by value would cost as much as
        #: rendering them. The value contains the item, which keeps its identity from being used again.
        self._rendered: dict[tuple[RenderItem, str, int], tuple[FeedItem, Place]] = {}
        self._file = ScratchFile()

    def render(self, items: Iterable[FeedItem], language: str, render_item: RenderItem) -> Iterator[bytes]:
        """Yield ``render_item(item, language)`` for each of ``items``, from the cache where possible."""
        for item in items:
            cached = self._rendered.get((render_item, language, id(item)))
            if cached is not None:
                yield self._file.read(cached[1])
                continue
            data = render_item(item, language)
            self._keep(item, language, render_item, self._put(data))
            yield data

    def fill(self, items: Iterable[FeedItem], language: str, renderers: Sequence[RenderItem]) -> None:
        """Render ``items`` in all formats in several processes, so that ``render`` finds them."""
        each = list({id(item): item for item in items}.values())
        made = run_in_processes(
            lambda item: [self._put(render_item(item, language)) for render_item in renderers], each
        )
        for item, places in zip(each, made, strict=True):
            for render_item, place in zip(renderers, places, strict=True):
                self._keep(item, language, render_item, place)

    def _put(self, data: bytes) -> Place | None:
        try:
            return self._file.append(data)
        except OSError:
            return None

    def _keep(self, item: FeedItem, language: str, render_item: RenderItem, place: Place | None) -> None:
        if place is not None:
            self._rendered[(render_item, language, id(item))] = (item, place)
