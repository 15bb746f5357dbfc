"""Smoke-test a live release over HTTP."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from plugins.content_model.permalink import split_query
from plugins.publishing.hosts.response_rules import BRIEF, FOREVER, HEADERS
from plugins.publishing.http_request import HttpAnswer, failure_reason, request
from plugins.publishing.release.inventory import Inventory, ReleaseFile, addresses_of

#: The maximum number of requests of each kind: files of one type, redirects, withdrawn addresses.
_SAMPLE_SIZE = 5
#: Pages that are requested first, below the root of the site.
_FIRST_PAGES = ("help/index.html", "index.html")
#: Seconds between two runs. A server that reloads its rules, or a cache, may take a moment.
_RETRY_INTERVAL = 1.0
#: A path that no site has.
_MISSING_PATH = "no-page-has-this-address"
_OK, _NOT_MODIFIED, _NOT_FOUND, _GONE = 200, 304, 404, 410
_MOVED = frozenset({301, 308})


class UnexpectedAnswer(Struct, frozen=True):
    """An answer of the host that differs from the release.

    Attributes:
        address: the URL requested.
        message: the difference, and the expected answer.
        is_fatal: True if readers are worse off with this release than without it. Other differences come from limits
            of the kind of host.
    """

    address: str
    message: str
    is_fatal: bool


def unexpected_answers(
    address: str, inventory: Inventory, *, changed: Iterable[str] = (), full: bool, timeout: float = 30
) -> list[UnexpectedAnswer]:
    """Request a sample of the site at ``address``, and return the answers that differ from ``inventory``.

    The sample has pages (changed ones first), feeds, one file of each other type, redirects, withdrawn addresses and
    an address that does not exist. Compared are status, bytes, type, caching, headers and revalidation by ETag.

    Args:
        address: the URL of the site, such as ``https://community.example.org``, including the path of a site below one.
        inventory: the inventory of the live release.
        changed: the paths that are new in this release, which are requested first.
        full: True for a host that applies the release's own rules. Otherwise, differences that only those rules can
            prevent are not fatal.
        timeout: seconds to retry while an answer is fatal.
    """
    smoke_test = _SmokeTest(address, inventory, full=full)
    end = time.monotonic() + timeout
    found = smoke_test.all(changed)
    while any(finding.is_fatal for finding in found) and time.monotonic() < end:
        time.sleep(_RETRY_INTERVAL)
        found = smoke_test.all(changed)
    return found


class _SmokeTest:
    """One run over the sample, against one host."""

    def __init__(self, address: str, inventory: Inventory, *, full: bool) -> None:
        self._host = address.rstrip("/").removesuffix(urlsplit(inventory.site).path)
        self._root = urlsplit(inventory.site).path
        self._inventory = inventory
        self._full = full

    def all(self, changed: Iterable[str]) -> list[UnexpectedAnswer]:
        """Return the unexpected answers of the whole sample."""
        try:
            return [*self._check_files(changed), *self._check_redirects(), *self._check_gone(), *self._check_missing()]
        except (OSError, http.client.HTTPException) as error:
            return [UnexpectedAnswer(self._host, f"does not answer ({failure_reason(error)})", is_fatal=True)]

    def _check_files(self, changed: Iterable[str]) -> Iterator[UnexpectedAnswer]:
        for item in _sample(self._inventory, set(changed)):
            address = f"{self._host}{quote(addresses_of(item.path)[0])}"
            answer = _request(address)
            if answer.status != _OK:
                yield UnexpectedAnswer(address, f"answers {answer.status}; it should be {_OK}", is_fatal=True)
                continue
            if sha256(answer.body).hexdigest() != item.sha256:
                yield UnexpectedAnswer(address, "is not the file of this release", is_fatal=True)
            yield from self._check_headers(address, item, answer)

    def _check_headers(self, address: str, item: ReleaseFile, answer: HttpAnswer) -> Iterator[UnexpectedAnswer]:
        headers = answer.headers
        if _normalized(headers.get("content-type", "")) != _normalized(item.type):
            message = f"has the type `{headers.get('content-type', '')}`; it should be `{item.type}`"
            # Browsers download a page of another type, or show its source.
            yield UnexpectedAnswer(address, message, is_fatal=self._full or item.path.endswith(".html"))
        if headers.get("cache-control", "") != item.caching:
            message = f"has Cache-Control `{headers.get('cache-control', '')}`; it should be `{item.caching}`"
            # A browser may keep a file with a long lifetime for a year, and the release cannot change that.
            fatal = self._full or (item.caching != FOREVER and "immutable" in headers.get("cache-control", ""))
            yield UnexpectedAnswer(address, message, is_fatal=fatal)
        for name, value in HEADERS.items():
            if headers.get(name.lower(), "") != value:
                yield UnexpectedAnswer(address, f"lacks the header `{name}: {value}`", is_fatal=self._full)
        if headers.get("set-cookie"):
            yield UnexpectedAnswer(address, "sets a cookie", is_fatal=True)
        if item.caching == BRIEF and not self._is_revalidated(address, headers):
            yield UnexpectedAnswer(address, "is sent again although it did not change (ETag)", is_fatal=False)

    def _is_revalidated(self, address: str, headers: Mapping[str, str]) -> bool:
        etag = headers.get("etag", "")
        return bool(etag) and _request(address, {"If-None-Match": etag}).status == _NOT_MODIFIED

    def _check_redirects(self) -> Iterator[UnexpectedAnswer]:
        for old, new in _evenly_spaced(self._inventory.redirects.items()):
            address = self._host + _quoted(old)
            answer = _request(address)
            leads = urljoin(address, answer.headers.get("location", ""))
            if answer.status in _MOVED and leads == f"{self._host}{quote(new)}":
                continue
            # A host that does not read the redirects serves the redirect page, or a copy of the feed. It does not
            # compare queries either.
            item = self._inventory.items.get(new.removeprefix("/"))
            is_copy = item is not None and sha256(answer.body).hexdigest() == item.sha256
            page = answer.status == _OK and (is_copy or b'http-equiv="refresh"' in answer.body or "?" in address)
            message = f"answers {answer.status} {answer.headers.get('location', '')}; it should lead to {new} (301)"
            yield UnexpectedAnswer(address, message, is_fatal=self._full or not page)

    def _check_gone(self) -> Iterator[UnexpectedAnswer]:
        for old, page in _evenly_spaced(self._inventory.gone.items()):
            address = self._host + _quoted(old)
            answer = _request(address)
            item = self._inventory.items.get(page)
            as_it_should = item is None or sha256(answer.body).hexdigest() == item.sha256
            if answer.status == _GONE and as_it_should:
                continue
            message = f"was withdrawn and answers {answer.status}; it should be {_GONE} with the page that says so"
            harmless = as_it_should or answer.status in _MOVED or "?" in address
            yield UnexpectedAnswer(address, message, is_fatal=self._full or not harmless)

    def _check_missing(self) -> Iterator[UnexpectedAnswer]:
        address = f"{self._host}{self._root}/{_MISSING_PATH}/"
        answer = _request(address)
        page = self._inventory.items.get(f"{self._inventory.folder}404.html")
        if answer.status != _NOT_FOUND:
            yield UnexpectedAnswer(address, f"answers {answer.status}; it should be {_NOT_FOUND}", is_fatal=self._full)
        elif page and sha256(answer.body).hexdigest() != page.sha256:
            yield UnexpectedAnswer(
                address, "shows the host's own page for wrong addresses, not ours", is_fatal=self._full
            )


def _quoted(address: str) -> str:
    path, query = split_query(address)
    return quote(path) + query


def _request(address: str, headers: Mapping[str, str] | None = None) -> HttpAnswer:
    """Return the answer to a GET request that bypasses caches."""
    always = {"User-Agent": "inv publish", "Accept-Encoding": "identity", "Cache-Control": "no-cache"}
    return request(address, {**always, **(headers or {})})


def _normalized(value: str) -> str:
    return value.lower().replace(" ", "")


def _sample(inventory: Inventory, changed: set[str]) -> list[ReleaseFile]:
    """Return the files to request: help and home first, then a few of each type, the changed ones first."""
    # Tombstone pages answer 410 and redirect pages 301, so the sample of files leaves them out.
    old = {address.strip("/") for address in inventory.redirects}
    not_served = {
        *inventory.gone.values(),
        *old,
        *(f"{path}/index.html" for path in old),
        f"{inventory.folder}404.html",
    }
    rank_by_path = {f"{inventory.folder}{path}": rank for rank, path in enumerate(_FIRST_PAGES)}
    shown = sorted(
        (item for item in inventory if item.is_shown and item.path not in not_served),
        key=lambda item: (rank_by_path.get(item.path, len(rank_by_path)), item.path not in changed, item.path),
    )
    by_type: dict[str, list[ReleaseFile]] = {}
    for item in shown:
        by_type.setdefault(item.type, []).append(item)
    return [item for items in by_type.values() for item in items[:_SAMPLE_SIZE]]


def _evenly_spaced(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    ordered = sorted(pairs)
    return ordered[:: max(1, len(ordered) // _SAMPLE_SIZE)][:_SAMPLE_SIZE]
