"""Fetch files from the host of the old site (``--fetch``), with limits on size, number and time."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlsplit

from plugins.content_model.local_hosts import is_private_host

#: Limits: bytes of one file, files of one run, and seconds for each request.
LARGEST = 20_000_000
MOST_FILES = 5_000
_PATIENCE = 20


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follow redirects only to the allowed hosts."""

    def __init__(self, allows: Callable[[str], bool]) -> None:
        self._allows = allows

    def redirect_request(
        self, req: urllib.request.Request, fp: object, code: int, msg: str, headers: object, newurl: str
    ) -> urllib.request.Request | None:
        """Return the next request, or None if it leaves the allowed hosts."""
        if not self._allows(newurl):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


class Fetcher:
    """Fetches files of one site.

    Args:
        homes: addresses of the site.
        most: limit on the number of files.
        is_forbidden: True for a host on this computer or its network.
    """

    def __init__(
        self, homes: Iterable[str], *, most: int = MOST_FILES, is_forbidden: Callable[[str], bool] = is_private_host
    ) -> None:
        self._hosts = {_bare(urlsplit(home).hostname or "") for home in homes}
        self._left = most
        self._is_forbidden = is_forbidden
        self._opener = urllib.request.build_opener(_SameHost(self._allows))

    def _allows(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").lower()
        except ValueError:
            return False
        return (
            parts.scheme in {"http", "https"}
            and not parts.username
            and _bare(host) in self._hosts
            and not self._is_forbidden(host)
        )

    def find(self, address: str) -> bytes | None:
        """Return the bytes at ``address``, or None if it is not allowed or fails."""
        if not self._allows(address) or self._left <= 0:
            return None
        self._left -= 1
        plain = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
        try:
            with self._opener.open(plain, timeout=_PATIENCE) as answer:
                data: bytes = answer.read(LARGEST + 1)
        except (OSError, ValueError, http.client.HTTPException, urllib.error.URLError):
            return None
        return data if len(data) <= LARGEST else None


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
