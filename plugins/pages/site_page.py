"""Describe one page of the site before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model.entry import Entry
from plugins.engine.build_parts import FeedLink
from plugins.engine.outputs import Claim, Owner
from plugins.pages.template_context import Meta
from plugins.views.views import Card

#: Asks for the pages that exist on every site.
SETTINGS_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page shows.

    Attributes:
        meta: what it says about itself; ``page_meta.finish`` adds what follows from the page.
        inputs: all that the template is given, besides ``site`` and ``meta``.
        recent: the cards of the recent-articles block, rendered apart because most pages share one.
    """

    meta: Meta
    inputs: Mapping[str, object] = field(default_factory=dict)
    recent: tuple[Card, ...] = ()


@dataclass(frozen=True)
class SitePage:
    """One page of the site.

    Attributes:
        permalink: its address.
        template: name of the template.
        context: what the page shows, or a function that returns it. A function is called when the page is rendered,
            and a preview renders few pages.
        owner: who asked for the page.
        entry: the entry whose page it is; None for a page that every site has.
        listed: permalinks of what else it shows. They date the page in the sitemap and may keep it out of searches.
        late: True for a page that tells of the others, rendered after them.
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
        """What the page shows, evaluated once."""
        return self.context() if callable(self.context) else self.context


def owner_of(entry: Entry | None) -> Owner:
    """Return who asks for the page of ``entry``; with None the settings do."""
    if entry is None:
        return SETTINGS_OWNER
    return Owner(entry.source.path, partial(entry.source.position, "slug"))


class Announced(tuple[FeedLink, ...], FingerprintOnce):
    """The feeds that one page announces, or many."""

    __slots__ = ()


class Feeds:
    """The feeds that pages announce.

    Args:
        feeds: all of the site.
    """

    def __init__(self, feeds: Sequence[FeedLink]) -> None:
        self._by_page: dict[str | None, list[FeedLink]] = {}
        for feed in feeds:
            self._by_page.setdefault(feed.page, []).append(feed)
        self._of_all = Announced(self._by_page.get("", ()))

    def of(self, page: str = "") -> Announced:
        """Return the feeds of the whole site and, before them, those of ``page`` itself (a permalink)."""
        own = self._by_page.get(page, []) if page else []
        return Announced((*own, *self._of_all)) if own else self._of_all
