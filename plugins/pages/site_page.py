"""Describe one page of the site before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

from msgspec import Struct, field

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model.entry import Entry
from plugins.engine.build_parts import FeedLink
from plugins.engine.outputs import Claim, Owner
from plugins.pages.template_context import Meta
from plugins.views.views import Card

#: Owner of the pages that exist on every site.
SETTINGS_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


class PageContext(Struct, frozen=True):
    """The metadata and the template inputs of a page.

    Attributes:
        meta: its metadata. ``page_meta.finished`` completes it.
        inputs: the template inputs besides ``site`` and ``meta``.
        recent: the cards of recent articles, rendered separately because most pages share them.
    """

    meta: Meta
    inputs: Mapping[str, object] = field(default_factory=dict)
    recent: tuple[Card, ...] = ()


class SitePage(Struct, frozen=True, dict=True):
    """One page of the site.

    Attributes:
        permalink: its address.
        template: name of the template.
        context: the context, or a function that returns it. A function is called when the page is rendered, because a
            preview renders few pages.
        owner: the source of the page.
        entry: the entry of the page, or None.
        listed: permalinks of the entries that it shows. They determine its date in the sitemap, and it is ``noindex``
            if one of them is.
        late: True for a page that describes the others, rendered after them.
    """

    permalink: str
    template: str
    context: PageContext | Callable[[], PageContext]
    owner: Owner = SETTINGS_OWNER
    entry: Entry | None = None
    listed: Sequence[str] = ()
    late: bool = False

    @cached_property
    def shown(self) -> PageContext:
        """The context, evaluated once."""
        return self.context() if callable(self.context) else self.context


def owner_of(entry: Entry | None) -> Owner:
    """Return the owner of the page of ``entry``, or ``SETTINGS_OWNER`` for None."""
    if entry is None:
        return SETTINGS_OWNER
    return Owner(entry.source.path, partial(entry.source.position, "slug"))


class Announced(tuple[FeedLink, ...], FingerprintOnce):
    """The feeds that a page announces. Most pages share one instance, so its fingerprint is computed once."""

    __slots__ = ()


class Feeds:
    """The feeds that pages announce.

    Args:
        feeds: all feeds of the site.
    """

    def __init__(self, feeds: Sequence[FeedLink]) -> None:
        self._by_page: dict[str | None, list[FeedLink]] = {}
        for feed in feeds:
            self._by_page.setdefault(feed.page, []).append(feed)
        self._of_all = Announced(self._by_page.get("", ()))

    def of(self, page: str = "") -> Announced:
        """Return the feeds of ``page`` (a permalink), followed by those of the whole site."""
        own = self._by_page.get(page, []) if page else []
        return Announced((*own, *self._of_all)) if own else self._of_all
