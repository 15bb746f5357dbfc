"""Finding: which pages search engines may show, and what maps of the site say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property

from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.views.sitemap_entry import SitemapEntry
from plugins.views.view_builder import ViewBuilder

#: Returns what maps of the site say of a page; None for one that no search may find.
Find = Callable[[], SitemapEntry | None]


class SitemapEntries:
    """Tells what maps of the site say of pages.

    Args:
        library: the content.
        viewer: makes views of it.
    """

    def __init__(self, library: Library, viewer: ViewBuilder) -> None:
        self._library = library
        self._viewer = viewer

    def entry(self, entry: Entry) -> SitemapEntry | None:
        """Return what is said of the page of ``entry``; None where no search may find it, and for a preview's draft."""
        if not self._may_be_found(entry):
            return None
        picture = self._viewer.picture(entry) if entry.allows("image") else None
        return SitemapEntry(entry.permalink, self._days[entry.permalink], (picture.src,) if picture else ())

    def page(self, address: str, entry: Entry | None = None, shown: Iterable[str] = ()) -> SitemapEntry:
        """Return what is said of the page at ``address``.

        Args:
            address: its permalink.
            entry: the text that stands there, if any.
            shown: permalinks of the entries that it lists. Others may be among them, and tell no day.
        """
        days = [self._days.get(permalink) for permalink in (*shown, *([entry.permalink] if entry else []))]
        return SitemapEntry(address, max(filter(None, days), default=None))

    def _may_be_found(self, entry: Entry) -> bool:
        return entry.allows("search") and entry.is_live(self._library.as_of)

    @cached_property
    def _days(self) -> dict[str, dt.date | None]:
        live = self._library.live
        return {entry.permalink: changed_on(entry, self._library.as_of) for entry in live if self._may_be_found(entry)}


def changed_on(entry: Entry, as_of: dt.date) -> dt.date | None:
    """Return the last day up to ``as_of`` on which ``entry`` was published, changed or, a commitment, reported on."""
    days = [entry.published, *(update.on for update in entry.updated)]
    if isinstance(entry, Commitment):
        days += [report.on for report in entry.log]
    return max((day for day in days if day is not None and day <= as_of), default=None)
