"""Recognise host names and IP addresses that are local to a computer or a private network."""

from __future__ import annotations

import ipaddress

#: Reserved domains (https://www.rfc-editor.org/rfc/rfc6761 and rfc6762), and those that routers assign.
_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa", ".test", ".invalid")


def is_private_host(host: str) -> bool:
    """Return True if ``host``, a name or an IP address, is not reachable from the internet."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(_ENDINGS):
        return True
    try:
        number = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return not number.is_global
