"""Build the page at the address of a withdrawn entry.

It says that the entry is gone and links elsewhere. It contains neither the title nor the address of the entry, and no
metadata for search engines or social networks. Hosts that can respond with status 410 do so (``publishing``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.content_model.registers import Registers
from plugins.engine.outputs import Claim, Owner
from plugins.pages.site_page import Feeds, PageContext, SitePage
from plugins.pages.template_context import HOME, Meta

_FILE = "withdrawn.yaml"


def gone_pages(registers: Registers, feeds: Feeds) -> Iterator[SitePage]:
    """Yield a page for each address of a withdrawn entry, including its aliases, with the feeds of the whole site."""
    for tombstone in registers.withdrawn.values():
        meta = Meta(
            f"This {tombstone.kind} is no longer here",
            f"The {tombstone.kind} at this address was withdrawn.",
            "",
            breadcrumbs=(HOME,),
            feeds=feeds.of(),
            social=False,
        )
        for page in tombstone.pages:
            owner = Owner(f"register/{_FILE}", partial(registers.position, _FILE, tombstone.id, *page.way), Claim.SITE)
            yield SitePage(page.address, "gone.html", PageContext(meta, {"kind": tombstone.kind}), owner)
