"""Outside: what readers get of a release, asked for over HTTP as they ask."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from hashlib import sha256
from urllib.parse import quote, urljoin, urlsplit

from plugins.publishing.hosts.response_rules import BRIEF, FOREVER, HEADERS
from plugins.publishing.release.inventory import Inventory, ReleaseFile, addresses_of

#: How many of each kind are asked for: pages, feeds, pictures, redirects, withdrawn addresses.
_SAMPLE = 5
#: Looked at whatever changed, below the root of the site.
_ALWAYS = ("help/index.html", "index.html")
#: Seconds that a host may take to answer.
_TIMEOUT = 20
#: Seconds between two tries: a server that reads its rules again, or a cache, may need a moment.
_BETWEEN = 1.0
#: No site has this page.
_NOWHERE = "no-page-has-this-address"
_OK, _NOT_MODIFIED, _NOT_FOUND, _GONE = 200, 304, 404, 410
_MOVED = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class UnexpectedAnswer:
    """One answer that is not as it must be.

    Attributes:
        address: what was asked for.
        says: what was wrong with the answer, and what it should be.
        is_fatal: True where readers are worse off with this release than without it. Else it is what this kind of host
            cannot do, or cannot be told by a release.
    """

    address: str
    says: str
    is_fatal: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def findings(
    address: str, inventory: Inventory, *, changed: Iterable[str] = (), full: bool, patience: float = 30
) -> list[UnexpectedAnswer]:
    """Return what is wrong with a sample of the answers at ``address``.

    Asked for are pages (the changed ones first), feeds, a file of each other type, old and withdrawn addresses and one
    that does not exist: status, bytes, type, caching, headers, and whether an unchanged page is sent again.

    Args:
        address: where the site is, such as ``https://community.example.org``, with the path of a site that has one.
        inventory: what should be there.
        changed: files that are new in this release; asked for before others.
        full: True for a host that follows our rules; else what only they can bring is not fatal.
        patience: seconds until an answer must be right.
    """
    visit = _Visit(address, inventory, full=full)
    end = time.monotonic() + patience
    found = visit.all(changed)
    while any(finding.is_fatal for finding in found) and time.monotonic() < end:
        time.sleep(_BETWEEN)
        found = visit.all(changed)
    return found


class _Visit:
    """Asks one host."""

    def __init__(self, address: str, inventory: Inventory, *, full: bool) -> None:
        self._host = address.rstrip("/").removesuffix(urlsplit(inventory.site).path)
        self._root = urlsplit(inventory.site).path
        self._inventory = inventory
        self._full = full

    def all(self, changed: Iterable[str]) -> list[UnexpectedAnswer]:
        """Return what is wrong with the sample."""
        try:
            return [*self._files(changed), *self._moved(), *self._gone(), *self._missing()]
        except (OSError, http.client.HTTPException) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            return [UnexpectedAnswer(self._host, f"does not answer ({reason})", is_fatal=True)]

    def _files(self, changed: Iterable[str]) -> Iterator[UnexpectedAnswer]:
        for item in _sample(self._inventory, set(changed)):
            address = f"{self._host}{quote(addresses_of(item.path)[0])}"
            answer = _ask(address)
            if answer.status != _OK:
                yield UnexpectedAnswer(address, f"answers {answer.status}; it should be {_OK}", is_fatal=True)
                continue
            if sha256(answer.body).hexdigest() != item.sha256:
                yield UnexpectedAnswer(address, "is not the file of this release", is_fatal=True)
            yield from self._headers(address, item, answer)

    def _headers(self, address: str, item: ReleaseFile, answer: _Answer) -> Iterator[UnexpectedAnswer]:
        told = answer.headers
        if _plain(told.get("content-type", "")) != _plain(item.type):
            says = f"has the type `{told.get('content-type', '')}`; it should be `{item.type}`"
            # A page or feed of a wrong type is downloaded or shown as code.
            yield UnexpectedAnswer(address, says, is_fatal=self._full or item.path.endswith(".html"))
        if told.get("cache-control", "") != item.caching:
            says = f"has Cache-Control `{told.get('cache-control', '')}`; it should be `{item.caching}`"
            # What is kept for a year and is no fingerprint can never be taken back.
            fatal = self._full or (item.caching != FOREVER and "immutable" in told.get("cache-control", ""))
            yield UnexpectedAnswer(address, says, is_fatal=fatal)
        for name, value in HEADERS.items():
            if told.get(name.lower(), "") != value:
                yield UnexpectedAnswer(address, f"lacks the header `{name}: {value}`", is_fatal=self._full)
        if told.get("set-cookie"):
            yield UnexpectedAnswer(address, "sets a cookie", is_fatal=True)
        if item.caching == BRIEF and not self._knows_again(address, told):
            yield UnexpectedAnswer(address, "is sent again although it did not change (ETag)", is_fatal=False)

    def _knows_again(self, address: str, told: Mapping[str, str]) -> bool:
        mark = told.get("etag", "")
        return bool(mark) and _ask(address, {"If-None-Match": mark}).status == _NOT_MODIFIED

    def _moved(self) -> Iterator[UnexpectedAnswer]:
        for old, new in _spread(self._inventory.redirects.items()):
            address = f"{self._host}{quote(old)}"
            answer = _ask(address)
            leads = urljoin(address, answer.headers.get("location", ""))
            if answer.status in _MOVED and leads == f"{self._host}{quote(new)}":
                continue
            # Without redirects of its own, a host shows the small page that stands there.
            page = answer.status == _OK and b'http-equiv="refresh"' in answer.body
            says = f"answers {answer.status} {answer.headers.get('location', '')}; it should lead to {new} (301)"
            yield UnexpectedAnswer(address, says, is_fatal=self._full or not page)

    def _gone(self) -> Iterator[UnexpectedAnswer]:
        for old, page in _spread(self._inventory.gone.items()):
            address = f"{self._host}{quote(old)}"
            answer = _ask(address)
            item = self._inventory.items.get(page)
            as_it_should = item is None or sha256(answer.body).hexdigest() == item.sha256
            if answer.status == _GONE and as_it_should:
                continue
            says = f"was withdrawn and answers {answer.status}; it should be {_GONE} with the page that says so"
            redirected = answer.status in _MOVED
            yield UnexpectedAnswer(address, says, is_fatal=self._full or not (as_it_should or redirected))

    def _missing(self) -> Iterator[UnexpectedAnswer]:
        address = f"{self._host}{self._root}/{_NOWHERE}/"
        answer = _ask(address)
        page = self._inventory.items.get(f"{self._inventory.folder}404.html")
        if answer.status != _NOT_FOUND:
            yield UnexpectedAnswer(address, f"answers {answer.status}; it should be {_NOT_FOUND}", is_fatal=self._full)
        elif page and sha256(answer.body).hexdigest() != page.sha256:
            yield UnexpectedAnswer(
                address, "shows the host's own page for wrong addresses, not ours", is_fatal=self._full
            )


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _ask(address: str, headers: Mapping[str, str] | None = None) -> _Answer:
    """Return the answer, whatever its status; no cache on the way may answer for the host.

    Raises:
        OSError: where nobody answers.
    """
    asked = {"User-Agent": "inv publish", "Accept-Encoding": "identity", "Cache-Control": "no-cache", **(headers or {})}
    request = urllib.request.Request(address, headers=asked)  # noqa: S310 - the person's own site
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(request, timeout=_TIMEOUT) as answer:
            return _Answer(answer.status, _lower(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, _lower(error.headers), error.read())


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _plain(value: str) -> str:
    return value.lower().replace(" ", "")


def _sample(inventory: Inventory, changed: set[str]) -> list[ReleaseFile]:
    """Return the files to ask for: help and home, and of each type a few, the changed ones first."""
    # Where something was withdrawn stands a page that answers 410, at old addresses one that leads on.
    old = {address.strip("/") for address in inventory.redirects}
    otherwise = {*inventory.gone.values(), *old, *(f"{path}/index.html" for path in old), f"{inventory.folder}404.html"}
    wanted = {f"{inventory.folder}{path}": rank for rank, path in enumerate(_ALWAYS)}
    shown = sorted(
        (item for item in inventory if item.is_shown and item.path not in otherwise),
        key=lambda item: (wanted.get(item.path, len(wanted)), item.path not in changed, item.path),
    )
    by_type: dict[str, list[ReleaseFile]] = {}
    for item in shown:
        by_type.setdefault(item.type, []).append(item)
    return [item for items in by_type.values() for item in items[:_SAMPLE]]


def _spread(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    ordered = sorted(pairs)
    return ordered[:: max(1, len(ordered) // _SAMPLE)][:_SAMPLE]
