"""Page spec: one page of the site, before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.content_model.entry import Entry
from plugins.content_model.outputs import Claim, Owner
from plugins.content_model.views import Card

#: Asks for the pages that exist on every site.
SETTINGS_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page.

    Attributes:
        permalink: its address.
        template: name of the template.
        inputs: all that the template is given, besides ``site``.
        recent: the cards of the recent-articles block, rendered apart because most pages share one.
        owner: who asked for the page.
    """

    permalink: str
    template: str
    inputs: dict[str, object]
    recent: tuple[Card, ...] = ()
    owner: Owner = SETTINGS_OWNER


def owner_of(entry: Entry | None) -> Owner:
    """Return who asks for the page of ``entry``; with None the settings do."""
    if entry is None:
        return SETTINGS_OWNER
    return Owner(entry.source.path, entry.source.positions.of(("slug",)))
