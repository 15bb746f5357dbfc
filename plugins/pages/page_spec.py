"""Page spec: one page of the site, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model.entry import Entry
from plugins.engine.build_parts import FeedLink
from plugins.engine.outputs import Claim, Owner
from plugins.pages.sitemap_entries import Find
from plugins.pages.template_context import Meta
from plugins.views.views import Card

#: Asks for the pages that exist on every site.
SETTINGS_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page shows.

    Attributes:
        meta: what it says about itself.
        inputs: all that the template is given, besides ``site`` and ``meta``.
        recent: the cards of the recent-articles block, rendered apart because most pages share one.
    """

    meta: Meta
    inputs: Mapping[str, object] = field(default_factory=dict)
    recent: tuple[Card, ...] = ()


def _not_found() -> None:
    return None


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page.

    Attributes:
        permalink: its address.
        template: name of the template.
        show: returns what it shows; called when the page is made, which many pages of a preview never are.
        owner: who asked for the page.
        late: True for a page that tells of the others, made when they are.
        found: returns what maps of the site say of it. Unless somebody says otherwise, no search may find a page.
    """

    permalink: str
    template: str
    show: Callable[[], PageContext]
    owner: Owner = SETTINGS_OWNER
    late: bool = False
    found: Find = _not_found


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
        self._by_page: dict[str, list[FeedLink]] = {}
        for feed in feeds:
            self._by_page.setdefault(feed.page, []).append(feed)
        self._of_all = Announced(self._by_page.get("", ()))

    def of(self, page: str = "") -> Announced:
        """Return the feeds of the whole site and, before them, those of ``page`` itself (a permalink)."""
        own = self._by_page.get(page, []) if page else []
        return Announced((*own, *self._of_all)) if own else self._of_all
