"""Build the page at the address of a withdrawn entry.

It says that it is gone and where else to go, and nothing of what it was: no title, no address of its own, nothing for
searches or social networks. Hosts that can answer with status 410 (``publishing``).
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
    """Yield the page at each address, old ones too, of what was withdrawn; each announces the whole site's feeds."""
    for stone in registers.withdrawn.values():
        meta = Meta(
            f"This {stone.kind} is no longer here",
            f"The {stone.kind} at this address was withdrawn.",
            "",
            breadcrumbs=(HOME,),
            feeds=feeds.of(),
            social=False,
        )
        for page in stone.pages:
            owner = Owner(f"register/{_FILE}", partial(registers.position, _FILE, stone.id, *page.way), Claim.SITE)
            yield SitePage(page.address, "gone.html", PageContext(meta, {"kind": stone.kind}), owner)
