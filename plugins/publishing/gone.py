"""Gone: tells hosts which addresses were withdrawn, so that they answer 410 and search engines forget them."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.content_model.permalink import file
from plugins.content_model.register import Tombstone

PATH = "_hosts/nginx.conf"
_HEAD = """\
# For nginx: include this file in the server block whose root is the folder of this site.
# Withdrawn addresses answer 410 with the page that stands there. What is in _hosts/ is for the host alone.
location ^~ {root}/_hosts/ {{ return 404; }}
"""
_PAGE = """\
location @gone-{number} {{ try_files {page} =410; }}
"""
_ADDRESS = """\
location = {address} {{ error_page 410 @gone-{number}; return 410; }}
"""


def nginx(withdrawn: Iterable[Tombstone], root: str) -> str:
    """Return rules for nginx: status 410 at each address of ``withdrawn``, with the page that stands there.

    Args:
        withdrawn: what was withdrawn; what was never public has no address.
        root: the path prefix of the site, which is also a folder below the root of the host.
    """
    addresses: dict[str, set[str]] = {}
    for stone in withdrawn:
        for address in stone.public_addresses:
            page = file(address)
            addresses.setdefault(page, set()).update(_forms(address, page))
    text = _HEAD.format(root=root)
    for number, (page, forms) in enumerate(sorted(addresses.items()), start=1):
        text += _PAGE.format(number=number, page=f"{root}/{page}")
        text += "".join(_ADDRESS.format(number=number, address=f"{root}{form}") for form in sorted(forms))
    return text


def _forms(address: str, page: str) -> tuple[str, ...]:
    """The address as written, its file and, where that is a folder's, the address with and without its last slash."""
    bare = f"/{page}".removesuffix("/index.html")
    return (address, f"/{page}", *((bare, f"{bare}/") if page.endswith("/index.html") else ()))
