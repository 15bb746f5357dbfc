"""Read the author of a request from a header of a reverse proxy, which authenticates people."""

from __future__ import annotations

import ipaddress
import unicodedata

from msgspec import Struct
from starlette.types import Scope

#: Longer names are refused.
_LONGEST = 100
#: Characters that git does not allow in a name.
_FORBIDDEN = frozenset("<>")


class Proxy(Struct, frozen=True):
    """A reverse proxy in front of the editor.

    Attributes:
        addresses: the addresses from which it connects.
        header: the header with the name of the author.
    """

    addresses: frozenset[str]
    header: str

    def author(self, scope: Scope) -> str:
        """Return the author of a request, or "" if it does not come from the proxy, or has no or several names."""
        client = scope.get("client")
        if not client or _plain(str(client[0])) not in self.addresses:
            return ""
        wanted = self.header.lower().encode()
        found = [value for name, value in scope["headers"] if name == wanted]
        return _name(found[0]) if len(found) == 1 else ""


def _plain(address: str) -> str:
    """Return ``address`` as in the settings, because a dual-stack socket shows 127.0.0.1 as ::ffff:127.0.0.1."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(getattr(found, "ipv4_mapped", None) or found)


def _name(value: bytes) -> str:
    try:
        name = unicodedata.normalize("NFC", value.decode("utf-8")).strip()
    except UnicodeDecodeError:
        return ""
    is_odd = not name.isprintable() or len(name) > _LONGEST or bool(_FORBIDDEN & set(name))
    return "" if is_odd else name
