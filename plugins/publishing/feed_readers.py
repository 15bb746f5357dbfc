"""Request the live feeds as common feed readers do, and report what a host refuses them.

Firewalls and CDNs refuse programs by their User-Agent. A person who follows the site then sees nothing new, and nobody
tells them why.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from hashlib import sha256
from urllib.parse import quote, urlsplit

from msgspec import Struct

from plugins.publishing.http_request import failure_reason, request
from plugins.publishing.release.inventory import Inventory
from plugins.publishing.smoke_test import UnexpectedAnswer

_OK, _NOT_MODIFIED = 200, 304


class FeedReader(Struct, frozen=True):
    """A program that fetches feeds.

    Attributes:
        name: what people call it.
        agent: its User-Agent.
        feed: the file that it asks for here, below the root of the site, so that every format is asked for.
        accept: its Accept header.
    """

    name: str
    agent: str
    feed: str
    accept: str = "*/*"


READERS = (
    FeedReader(
        "Feedly", "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 1 subscribers; like FeedFetcher-Google)",
        "feeds/all.rss.xml",
    ),
    FeedReader(
        "Inoreader", "Mozilla/5.0 (compatible; inoreader.com; 1 subscribers)", "feeds/all.atom.xml",
        "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5",
    ),
    FeedReader(
        "FreshRSS", "FreshRSS/1.26.3 (Linux; https://freshrss.org)", "feeds/all.atom.xml",
        "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8",
    ),
    FeedReader("Thunderbird", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.3.0",
               "feeds/all.rss.xml"),
    FeedReader("NetNewsWire", "NetNewsWire (RSS Reader; https://netnewswire.com/)", "feeds/all.json"),
)  # fmt: skip


def refusals(address: str, inventory: Inventory) -> list[UnexpectedAnswer]:
    """Return what the host at ``address`` refuses each of ``READERS``. Nothing of it is fatal.

    A reader asks for a feed, and then again with the ETag and the Last-Modified of the answer.

    Args:
        address: the URL of the site.
        inventory: the inventory of the live release.
    """
    host = address.rstrip("/").removesuffix(urlsplit(inventory.site).path)
    return [found for reader in READERS for found in _refused(reader, host, inventory)]


def _refused(reader: FeedReader, host: str, inventory: Inventory) -> Iterator[UnexpectedAnswer]:
    item = inventory.items.get(f"{inventory.folder}{reader.feed}")
    if item is None:
        return
    address = f"{host}/{quote(item.path)}"
    headers = {"User-Agent": reader.agent, "Accept": reader.accept, "Accept-Encoding": "identity"}
    try:
        first = request(address, headers)
        if first.status != _OK:
            yield _finding(address, reader, f"is answered {first.status}, so that those who use it see nothing new")
            return
        if sha256(first.body).hexdigest() != item.sha256:
            yield _finding(address, reader, "does not get the feed of this release, but something else or an older one")
            return
        known = _conditions(first.headers)
        again = request(address, {**headers, **known})
    except (OSError, http.client.HTTPException) as error:
        yield _finding(address, reader, f"gets no answer ({failure_reason(error)})")
        return
    if again.status not in {_OK, _NOT_MODIFIED}:
        yield _finding(address, reader, f"asks whether it has changed, and is answered {again.status}")
    elif known and again.status == _OK:
        yield _finding(address, reader, "gets it again although it has not changed, and may come less often for it")


def _conditions(headers: Mapping[str, str]) -> dict[str, str]:
    names = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {name: headers[given] for name, given in names.items() if headers.get(given)}


def _finding(address: str, reader: FeedReader, what: str) -> UnexpectedAnswer:
    message = f"{reader.name} {what}; let the host, its firewall or its CDN let the program `{reader.agent}` through"
    return UnexpectedAnswer(address, message, is_fatal=False)
