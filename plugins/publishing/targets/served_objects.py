"""Describe what readers receive from S3 at each path of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from plugins.publishing.hosts.response_rules import FOREVER
from plugins.publishing.release.inventory import Inventory, addresses_of


class ServedObject(Struct, frozen=True):
    """What readers receive at a path.

    Attributes:
        sha256: the hash of the bytes.
        size: the number of bytes.
        type: the Content-Type.
        caching: the Cache-Control.
        location: the target of a redirect, or "" for a file.
    """

    sha256: str
    size: int
    type: str
    caching: str
    location: str


def served_objects(inventory: Inventory) -> dict[str, ServedObject]:
    """Return what readers receive at each path of a release."""
    return {
        item.path: ServedObject(item.sha256, item.size, item.type, item.caching, _location(inventory, item.path))
        for item in inventory
        if item.is_shown
    }


def _location(inventory: Inventory, path: str) -> str:
    return next((inventory.redirects[form] for form in addresses_of(path) if form in inventory.redirects), "")


def in_copy_order(paths: Sequence[str], served: Mapping[str, ServedObject]) -> tuple[list[str], list[str], list[str]]:
    """Return ``paths`` in three groups to be copied in order: files that pages load, other documents, pages."""
    lasting = [path for path in paths if served[path].caching == FOREVER]
    pages = [path for path in paths if served[path].type.startswith("text/html")]
    return lasting, [path for path in paths if path not in {*lasting, *pages}], pages
