"""Gone: the addresses of what was withdrawn. A host answers 410 there, so that search engines forget them."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.content_model.permalink import file
from plugins.content_model.registers import Tombstone


def gone(withdrawn: Iterable[Tombstone], root: str) -> dict[str, str]:
    """Return every form of each address of ``withdrawn``, as a path of the host, and the file of the page there.

    Args:
        withdrawn: what was withdrawn; what was never public has no address.
        root: the path prefix of the site, which is also a folder below the root of the host.
    """
    return {
        f"{root}{form}": f"{root}/{page}".removeprefix("/")
        for stone in withdrawn
        for address in stone.public_addresses
        for page in (file(address),)
        for form in _forms(address, page)
    }


def _forms(address: str, page: str) -> tuple[str, ...]:
    """The address as written, its file and, where that is a folder's, the address with and without its last slash."""
    bare = f"/{page}".removesuffix("/index.html")
    return (address, f"/{page}", *((bare, f"{bare}/") if page.endswith("/index.html") else ()))
