"""Map the old addresses of imported texts, in any form, to their new entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

_IDS = ("p", "page_id", "attachment_id")
_SIZE = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled|rotated|e\d{10,})(?=\.[a-z]+$)", re.IGNORECASE)


class OldSite:
    """The addresses of an old site.

    Args:
        homes: URLs of its home page, in every form. Empty if unknown.
    """

    def __init__(self, homes: Iterable[str]) -> None:
        self.homes = tuple(dict.fromkeys(home.rstrip("/") for home in homes))
        self._hosts = {_host(home) for home in self.homes}
        self._targets: dict[str, str] = {}

    def add(self, addresses: Iterable[str], target: str) -> None:
        """Map ``addresses`` to ``target``. The first target of an address wins."""
        for address in addresses:
            for form in _forms(address):
                self._targets.setdefault(form, target)

    def holds(self, address: str) -> bool:
        """Tell whether ``address``, absolute or relative, belongs to the old site."""
        host = _host(address)
        return host in self._hosts if host else not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)

    def find(self, address: str) -> str:
        """Return the new target of ``address``, or ""."""
        if not self.holds(address):
            return ""
        return next((self._targets[form] for form in _forms(self.whole(address)) if form in self._targets), "")

    def whole(self, address: str) -> str:
        """Return ``address`` with the host of the old site, if it has none and the site is known."""
        if address.startswith("//"):
            return f"https:{address}"
        if _host(address) or not self.homes or re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            return address
        return urljoin(f"{self.homes[0]}/", address)


def upload_path(address: str) -> str:
    """Return the path of ``address`` below WordPress's ``uploads`` folder, or ""."""
    path = unquote(urlsplit(address).path)
    found = re.search(r"/(?:uploads|files)/(.+)$", path)
    return found[1] if found else ""


def larger_names(path: str) -> Iterator[str]:
    """Yield possible names of larger versions of the picture ``path``, the best first, ``path`` last."""
    original = path
    while (shorter := _SIZE.sub("", original)) != original:
        original = shorter
    yield original
    stem, dot, end = original.rpartition(".")
    yield f"{stem}-scaled{dot}{end}"
    yield path


def _host(address: str) -> str:
    try:
        host = urlsplit(f"https:{address}" if address.startswith("//") else address).hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


def _forms(address: str) -> Iterator[str]:
    """Yield normalised forms of ``address``: decoded, in lower case, without host, trailing slash and index file."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    query = parse_qs(parts.query)
    for name in _IDS:
        if query.get(name, [""])[0].isdigit():
            yield f"?{query[name][0]}"
    path = unquote(parts.path).strip("/").casefold()
    for form in (path, re.sub(r"(?:/?index\.(?:html?|php|md)|\.(?:html?|md|markdown))$", "", path)):
        if form:
            yield form
