"""Finishing: what a page says of itself that follows from what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from plugins.engine.build import Build
from plugins.pages.page_spec import PageContext
from plugins.views.views import EntryView, Picture

#: Scripts by the component that they belong to; pages without that component get none.
_EXIT_SCRIPT, _SEARCH_SCRIPT = "exit-link", "search-box"


def finish(shown: PageContext, address: str, build: Build) -> PageContext:
    """Return what the page at ``address`` shows, with its social card, its way out and its scripts."""
    entry = entry_of(shown)
    exits = entry is not None and entry.exit_link
    wanted = [*([_EXIT_SCRIPT] if exits else []), *([_SEARCH_SCRIPT] if "search" in shown.inputs else [])]
    meta = replace(
        shown.meta,
        card=social_card(address, build.media.social),
        exits=exits,
        scripts=tuple(build.assets.scripts[name] for name in wanted if name in build.assets.scripts),
    )
    return replace(shown, meta=meta)


def social_card(address: str, cards: Mapping[str, Picture]) -> Picture | None:
    """Return the card of the page at ``address``: its own, that of its section, or that of the site."""
    section = f"/{address.strip('/').partition('/')[0]}/"
    return cards.get(address) or cards.get(section) or cards.get("")


def entry_of(shown: PageContext) -> EntryView | None:
    """Return the entry that a page is about, or None."""
    return next((value for value in shown.inputs.values() if isinstance(value, EntryView)), None)
