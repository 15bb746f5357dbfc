"""Select pages of a built site, and determine their types."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

from plugins.link_check.built_site import BuiltPage, BuiltSite, SiteNotFoundError


def select(site: BuiltSite, addresses: Sequence[str]) -> tuple[BuiltPage, ...]:
    """Return the pages at ``addresses``, or all pages if there are none.

    Raises:
        SiteNotFoundError: if there is no page at an address.
    """
    by_address = {page.address: page for page in site.pages}
    unknown = [address for address in addresses if address not in by_address]
    if unknown:
        message = f"there is no page at {', '.join(unknown)} in {site.folder}/; write addresses as  /help/"
        raise SiteNotFoundError(message)
    return tuple(by_address[address] for address in addresses) or site.pages


def page_type(page: BuiltPage) -> str:
    """Return the type of ``page``. Pages on one level of one section have the same type."""
    parts = page.address.strip("/").split("/")
    return "/".join([*parts[:-1], "*"]) if len(parts) > 1 else parts[0]


def sample(pages: Sequence[BuiltPage]) -> tuple[BuiltPage, ...]:
    """Return the largest page of each type among ``pages``."""
    largest: dict[str, BuiltPage] = {}
    for page in pages:
        best = largest.get(page_type(page))
        if best is None or len(page.data) > len(best.data):
            largest[page_type(page)] = page
    return tuple(page for page in pages if largest[page_type(page)] is page)


def is_indexable(page: BuiltPage) -> bool:
    """Return whether search engines may index ``page``."""
    robots = (str(meta.get("content")) for meta in page.tree.iter("meta") if meta.get("name") == "robots")
    return "noindex" not in " ".join(robots)


def inline_styles(page: BuiltPage) -> tuple[str, ...]:
    """Return the text of each ``style`` element of ``page``."""
    return tuple(str(element.text_content()) for element in page.tree.iter("style"))


def transfer_size(site: BuiltSite, path: str) -> int:
    """Return the compressed size in bytes of the file ``path`` of the site."""
    return compressed((site.folder / path).read_bytes())


def compressed(data: bytes) -> int:
    """Return the size in bytes of ``data`` compressed by gzip at level 6, the default of most hosts."""
    return len(gzip.compress(data, 6, mtime=0))
