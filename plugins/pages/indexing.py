"""Decide which pages search engines may show. Every other page is ``noindex`` and not in the sitemap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.pages.site_page import SitePage
from plugins.views.sitemap_entry import SitemapEntry
from plugins.views.view_builder import ViewBuilder

#: The templates of pages for search engines. A page with another template is ``noindex``: the search and its letters,
#: withdrawn addresses, "not found", and pages that plugins add.
_INDEXED = frozenset(
    {
        "home.html", "article.html", "story.html", "commitment.html", "page.html", "help.html", "subscribe.html",
        "charter.html", "privacy-receipt.html", "articles.html", "stories.html", "commitments.html", "topics.html",
        "topic.html", "people.html", "person.html",
    }
)  # fmt: skip


class Indexing:
    """Decides which pages search engines may show, and makes their sitemap entries.

    Args:
        library: the content.
        viewer: makes views of it.
    """

    def __init__(self, library: Library, viewer: ViewBuilder) -> None:
        self._library = library
        self._viewer = viewer
        self._hidden = {entry.permalink for entry in library.entries if not may_be_found(entry)}

    def is_indexed(self, page: SitePage) -> bool:
        """Return False for a page that is ``noindex``.

        These are pages with a template outside ``_INDEXED``, pages of entries without consent to search, and lists that
        show such an entry.
        """
        return page.template in _INDEXED and self._hidden.isdisjoint(_permalinks(page))

    def sitemap_entry(self, page: SitePage) -> SitemapEntry | None:
        """Return the sitemap entry of ``page``.

        None for a page that is ``noindex``, and for the page of an entry that only a preview shows.
        """
        entry = page.entry
        if not self.is_indexed(page) or (entry is not None and not entry.is_live(self._library.as_of)):
            return None
        day = max(filter(None, map(self._days.get, _permalinks(page))), default=None)
        picture = self._viewer.picture(entry) if entry is not None and entry.allows("image") else None
        return SitemapEntry(page.permalink, day, (picture.src,) if picture else ())

    @cached_property
    def _days(self) -> dict[str, dt.date | None]:
        as_of = self._library.as_of
        live = (entry for entry in self._library.live if entry.is_live(as_of) and may_be_found(entry))
        return {entry.permalink: changed_on(entry, as_of) for entry in live}


def may_be_found(entry: Entry) -> bool:
    """Return False if the narrator of a story did not consent to search."""
    return entry.allows("search")


def changed_on(entry: Entry, as_of: dt.date) -> dt.date | None:
    """Return the last day up to ``as_of`` on which ``entry`` was published, changed or, a commitment, reported on."""
    days = [entry.published, *(update.on for update in entry.updated)]
    if isinstance(entry, Commitment):
        days += [report.on for report in entry.log]
    return max((day for day in days if day is not None and day <= as_of), default=None)


def _permalinks(page: SitePage) -> Iterable[str]:
    return (*page.listed, page.entry.permalink) if page.entry is not None else page.listed
