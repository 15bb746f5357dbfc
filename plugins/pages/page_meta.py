"""Complete the metadata of a page with values that depend on the whole page."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from plugins.engine.build import Build
from plugins.pages.indexing import Indexing
from plugins.pages.site_page import PageContext, SitePage
from plugins.pages.template_context import Meta
from plugins.views.views import EntryView, Picture

_EXIT_SCRIPT = "exit-link"
#: Components with a script, by the template input of pages that contain them.
_SCRIPTS = {"search": "search-box", "groups": "feed-box"}


def finished(page: SitePage, build: Build, indexing: Indexing) -> SitePage:
    """Return ``page`` with ``noindex``, social card, exit link and scripts in its metadata, which are found once."""
    return replace(page, context=lambda: replace(page.shown, meta=_finished_meta(page, build, indexing)))


def _finished_meta(page: SitePage, build: Build, indexing: Indexing) -> Meta:
    entry = entry_of(page.shown)
    exits = entry is not None and entry.exit_link
    wanted = [_EXIT_SCRIPT] if exits else []
    wanted += [script for name, script in _SCRIPTS.items() if page.shown.inputs.get(name)]
    scripts = build.assets.scripts
    return replace(
        page.shown.meta,
        indexable=indexing.is_indexed(page),
        card=social_card(page.permalink, build.media.social),
        exits=exits,
        scripts=tuple(scripts[name] for name in wanted if name in scripts),
    )


def social_card(address: str, cards: Mapping[str, Picture]) -> Picture | None:
    """Return the card of the page at ``address``: its own, that of its section, or that of the site."""
    section = f"/{address.strip('/').partition('/')[0]}/"
    return cards.get(address) or cards.get(section) or cards.get("")


def entry_of(shown: PageContext) -> EntryView | None:
    """Return the entry that a page is about, or None."""
    return next((value for value in shown.inputs.values() if isinstance(value, EntryView)), None)
