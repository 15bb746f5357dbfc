"""Decide whether an address is on this site, as a browser resolves it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from msgspec import Struct

_IGNORED = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
#: Schemes that cause no request: the address holds the data itself, or the device acts when the reader asks.
_OF_THE_DEVICE = frozenset({"data", "about", "tel", "sms", "mailto", "tag", "urn"})


class SiteOrigin(Struct, frozen=True):
    """The scheme and host of this site.

    Attributes:
        url: the public URL of the site.
    """

    url: str

    def is_ours(self, address: str) -> bool:
        """Return whether ``address`` is on this site or causes no request."""
        # The usual address of a feed.
        if self.url and address.startswith(f"{self.url}/"):
            return True
        # Browsers ignore line breaks and tabs, and read a backslash as a slash.
        plain = _IGNORED.sub("", address.strip(_AROUND)).replace("\\", "/")
        scheme = _SCHEME.match(plain)
        if scheme and scheme[0][:-1].lower() in _OF_THE_DEVICE:
            return True
        if not scheme and not plain.startswith("//"):
            return True
        own = urlsplit(self.url)
        try:
            there = urlsplit(plain)
        except ValueError:
            return False
        return (there.scheme or own.scheme).lower() == own.scheme and there.netloc.lower() == own.netloc.lower()
