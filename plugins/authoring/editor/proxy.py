"""Learn from a reverse proxy who asks: it authenticates people and names them in a header."""

from __future__ import annotations

import ipaddress
import unicodedata
from dataclasses import dataclass

from starlette.types import Scope

#: Longer names are refused.
_LONGEST = 100
#: What git cannot hold in a name.
_FORBIDDEN = frozenset("<>")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A reverse proxy in front of the editor.

    Attributes:
        addresses: from which it connects.
        header: in which it names who asks.
    """

    addresses: frozenset[str]
    header: str

    def author(self, scope: Scope) -> str:
        """Return who asks; "" where the request does not come from the proxy, or it names nobody or several people."""
        client = scope.get("client")
        if not client or _plain(str(client[0])) not in self.addresses:
            return ""
        wanted = self.header.lower().encode()
        found = [value for name, value in scope["headers"] if name == wanted]
        return _name(found[0]) if len(found) == 1 else ""


def _plain(address: str) -> str:
    """Return ``address`` as the settings write it: a socket for both kinds shows 127.0.0.1 as ::ffff:127.0.0.1."""
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
