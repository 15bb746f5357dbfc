"""Build the search page, and a page for each letter if the list from A to Z is long."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.base.terminal import pluralise
from plugins.content_model import permalink
from plugins.pages.pagination import ListPage, list_pages
from plugins.pages.site_page import Feeds, PageContext, SitePage
from plugins.pages.template_context import HOME, Meta
from plugins.views.search import LetterGroup, LetterLink, SiteSearch
from plugins.views.views import Link

_SEARCH = Link("Search", permalink.index("search"))


def search_pages(search: SiteSearch, feeds: Feeds) -> Iterator[SitePage]:
    """Yield the pages of ``search``. They are ``noindex``, because search engines index their targets.

    Args:
        search: the search of the site.
        feeds: the feeds that pages announce.
    """
    description = "Find a page of this site by a word or two, or by the first letter of its title."
    meta = Meta(_SEARCH.label, description, _SEARCH.href, _SEARCH.href, (HOME,), feeds.of())
    yield SitePage(_SEARCH.href, "search.html", lambda: PageContext(meta, {"search": search.view()}))
    groups = search.letters()
    # Without counts, so that a new entry changes only the pages of its letter.
    ways = tuple(LetterLink(group.letter, permalink.letter(group.key)) for group in groups)
    for group in groups:
        first = _first(group, feeds)
        for page in list_pages(first, permalink.pages_of(group.links, search.page_size)):
            yield SitePage(page.permalink, "letter.html", partial(_letter_page, page, ways))


def _letter_page(page: ListPage[Link], ways: tuple[LetterLink, ...]) -> PageContext:
    inputs = {"links": page.items, "pagination": page.pagination, "letters": ways, "current": page.first.permalink}
    return PageContext(page.meta, inputs)


def _first(group: LetterGroup, feeds: Feeds) -> Meta:
    """Return the metadata of the first page of a letter."""
    return Meta(
        f"Pages that begin with {group.phrase}",
        f"{pluralise(len(group.links), 'page')} of this site, by title.",
        permalink.letter(group.key),
        _SEARCH.href,
        (HOME, _SEARCH),
        feeds.of(),
    )
