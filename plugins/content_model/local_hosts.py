"""Hosts: which names and numbers of computers mean the reader's own, or one that only its neighbours reach."""

from __future__ import annotations

import ipaddress

#: Names that no public register has: https://www.rfc-editor.org/rfc/rfc6761 and rfc6762, and what routers give.
_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa", ".test", ".invalid")


def is_private_host(host: str) -> bool:
    """Tell whether ``host``, a name or a number, leads nobody else to where it leads its author."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(_ENDINGS):
        return True
    try:
        number = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return not number.is_global
