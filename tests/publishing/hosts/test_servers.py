"""Test the responses of nginx, Caddy and Apache, for a site at the root of a host and for one below a path."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote, unquote, urlsplit

import brotli
import pytest
from msgspec import Struct

from plugins.base.media_types import content_type
from plugins.publishing.hosts.response_rules import BRIEF, FOREVER, HEADERS, NEVER, TEXTS, caching
from tests.publishing.hosts.releases import AWKWARD, PICTURE, SCRIPT, Small, small, write
from tests.publishing.hosts.serving import KINDS, Answer, ask, serving

pytestmark = pytest.mark.real

#: Addresses below the root of the site, and the files that they serve.
SHOWN = {
    "/": "index.html",
    "/index.html": "index.html",
    "/help/": "help/index.html",
    "/search/": "search/index.html",
    "/articles/": "articles/index.html",
    "/articles/Capital/": "articles/Capital/index.html",
    "/articles/capital/": "articles/capital/index.html",
    f"/articles/{quote(AWKWARD)}/": f"articles/{AWKWARD}/index.html",
    "/feeds/all.atom.xml": "feeds/all.atom.xml",
    "/feeds/all.json": "feeds/all.json",
    "/feeds/icon.png": "feeds/icon.png",
    "/favicon.ico": "favicon.ico",
    "/robots.txt": "robots.txt",
    "/.well-known/security.txt": ".well-known/security.txt",
    "/site.webmanifest": "site.webmanifest",
    "/search/index-661d1f536e.js": "search/index-661d1f536e.js",
    f"/{PICTURE}": PICTURE,
    f"/{SCRIPT}": SCRIPT,
    "/?p=1": "index.html",
    "/?p=120": "index.html",
    "/?xp=12": "index.html",
    "/?q=12": "index.html",
    "/?p=": "index.html",
    "/help/?p=12": "help/index.html",
}
#: Aliases below the root of the site, and their targets.
MOVED = {
    "/help": "/help/",
    "/blog/a": "/help/",
    "/blog/a/": "/help/",
    "/old/Page.html": "/help/",
    "/Help": "/help/",
    "/Help/": "/help/",
    f"/moved%20{quote(AWKWARD)}": f"/articles/{AWKWARD}/",
    f"/moved%20{quote(AWKWARD)}/": f"/articles/{AWKWARD}/",
    "/?p=12": "/help/",
    "/?utm_source=x&p=12&y": "/help/",
    "/?p=13": "/articles/",
    "/?page_id=12": "/articles/",
    "/Blog?p=12": "/help/",
    "/Blog/?p=12": "/help/",
    "/blog/a?p=12": "/help/",
}
#: Withdrawn addresses below the root of the site, and their tombstone pages.
GONE = {
    "/stories/gone": "stories/gone/index.html",
    "/stories/gone/": "stories/gone/index.html",
    "/stories/gone/index.html": "stories/gone/index.html",
    "/old/Gone.html": "old/Gone.html",
    f"/{quote(AWKWARD)}": "stories/gone/index.html",
    f"/{quote(AWKWARD)}/": "stories/gone/index.html",
    "/?p=14": "stories/gone/index.html",
    "/?x=1&p=14": "stories/gone/index.html",
}
#: Addresses below the root of the site without a page, or with a hidden file.
MISSING = (
    "/nope",
    "/nope/",
    "/nope.png",
    "/images/",
    "/images/nope-0123456789.webp",
    "/BLOG/a",
    "/stories/Gone/",
    "/HELP/",
    "/help/index.html.br",
    "/help/index.html.gz",
    "/.build-manifest.json",
    "/.htaccess",
    "/articles/.htaccess",
)
#: The same for the root of the host.
HIDDEN = (
    "/_hosts",
    "/_hosts/",
    "/_hosts/nginx.conf",
    "/_hosts/release.json",
    "/%5fhosts/Caddyfile",
    "/x/../_hosts/Caddyfile",
    "//_hosts/Caddyfile",
    "/_headers",
    "/_redirects",
    "/.htaccess",
)
#: Accept-Encoding headers, and the coding of the response to each.
ACCEPTED = {
    "": "",
    "identity": "",
    "gzip": "gzip",
    "gzip, deflate, br, zstd": "br",
    "gzip;q=0.5, br;q=1.0": "br",
    "br;q=0, gzip": "gzip",
    "gzip;q=0": "",
}


class Host(Struct, frozen=True):
    """A server with the release that it serves and the codings that it supports."""

    kind: str
    url: str
    release: Small

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Request ``path`` below the root of the site."""
        return ask(self.url, f"{self.release.response_rules.root}{path}", method, **headers)

    def coding(self, accepted: str) -> str:
        """Return the coding of this server's response to the Accept-Encoding header ``accepted``."""
        coding = ACCEPTED[accepted]
        return "gzip" if coding == "br" and self.kind == "nginx" else coding


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Return each kind of server."""
    return str(request.param)


@pytest.fixture(scope="module", params=["", "/community"], ids=["root", "below"])
def host(kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return each kind of server, with a site at the root of the host and with one below a path."""
    release = small(request.param)
    folder = tmp_path_factory.mktemp("release")
    write(release, folder)
    with serving(kind, folder) as server:
        yield Host(kind, server.url, release)


@contextlib.contextmanager
def naming(address: str) -> Iterator[None]:
    """Name ``address`` in the report of a failure."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"The request was for {address}")
        raise


def unpacked(answer: Answer) -> bytes:
    """Return the decompressed body of ``answer``."""
    match answer.headers.get("content-encoding"):
        case "br":
            return bytes(brotli.decompress(answer.body))
        case "gzip":
            return gzip.decompress(answer.body)
        case coding:
            assert coding is None
            return answer.body


def has_headers(answer: Answer, caching: str) -> None:
    """Assert that ``answer`` has every header once, and the Cache-Control ``caching``."""
    expected = {**HEADERS, "Cache-Control": caching}
    assert {name: answer.headers.get(name.lower()) for name in expected} == expected


def test_a_file_is_shown_as_it_is(host: Host) -> None:
    """A file has its bytes, type, caching and all headers in each coding."""
    for address, file in SHOWN.items():
        with naming(address):
            path = f"{host.release.response_rules.root}/{file}".removeprefix("/")
            tags = {}
            for accepted in ACCEPTED:
                answer = host.ask(address, Accept_Encoding=accepted) if accepted else host.ask(address)
                assert answer.status == 200
                assert answer.headers["content-type"] == content_type(path)
                has_headers(answer, caching(path, host.release.response_rules.root))
                coding = host.coding(accepted) if file.endswith(TEXTS) else ""
                assert answer.headers.get("content-encoding", "") == coding
                if file.endswith(TEXTS):
                    assert answer.headers["vary"] == "Accept-Encoding"
                assert unpacked(answer) == host.release.body(file)
                tags[answer.headers.get("content-encoding", "")] = answer.headers["etag"]
            assert len(set(tags.values())) == len(tags)


def test_what_has_not_changed_is_not_sent_again(host: Host) -> None:
    """A request with the right ETag gets 304 and its headers. Each coding has its own ETag."""
    for accepted in ("", "gzip", "br"):
        with naming(f"/help/ as {accepted or 'it is'}"):
            packed = {"Accept_Encoding": accepted} if accepted else {}
            tag = host.ask("/help/", **packed).headers["etag"]
            again = host.ask("/help/", If_None_Match=tag, **packed)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["etag"] == tag
            assert again.headers["cache-control"] == BRIEF
            assert again.headers["vary"] == "Accept-Encoding"
            assert host.ask("/help/", If_None_Match='"other"', **packed).status == 200
            picture = host.ask(f"/{PICTURE}")
            assert host.ask(f"/{PICTURE}", If_None_Match=picture.headers["etag"]).headers["cache-control"] == FOREVER


def test_an_old_address_leads_to_the_new_one(host: Host) -> None:
    """Both forms of an alias, and a folder without its slash, redirect within the host, with a short lifetime."""
    for address, target in MOVED.items():
        with naming(address):
            for packed in ({}, {"Accept_Encoding": "gzip, br"}):
                answer = host.ask(address, **packed)
                assert answer.status == 301 if address != "/help" else answer.status in {301, 308}
                where = urlsplit(answer.headers["location"])
                assert f"{where.scheme}://{where.netloc}" in {"://", host.url}
                assert unquote(where.path) == f"{host.release.response_rules.root}{target}"
                assert (where.query, where.fragment) == ("", "")
                has_headers(answer, BRIEF)


def test_a_withdrawn_address_is_gone(host: Host) -> None:
    """Every form of a withdrawn address has status 410 and the tombstone page."""
    for address, page in GONE.items():
        with naming(address):
            for asked in ({}, {"Accept_Encoding": "gzip"}, {"Accept_Encoding": "br"}, {"Range": "bytes=0-9"}):
                answer = host.ask(address, **asked)
                assert answer.status == 410
                assert answer.headers["content-type"] == "text/html; charset=utf-8"
                has_headers(answer, NEVER)
                assert unpacked(answer) == host.release.body(page)


def test_a_wrong_address_has_the_page_for_it(host: Host) -> None:
    """Addresses that do not exist and hidden files have status 404 and the site's page."""
    for address in MISSING:
        with naming(address):
            is_missing(host, f"{host.release.response_rules.root}{address}")


def test_what_is_for_hosts_is_not_shown(host: Host) -> None:
    """Files for hosts have status 404 in every spelling of their address."""
    for address in HIDDEN:
        with naming(address):
            is_missing(host, address)


def is_missing(host: Host, address: str) -> None:
    """Assert that ``address`` has status 404 and the site's page for all kinds of requests."""
    for asked in ({}, {"Accept_Encoding": "gzip"}, {"Accept_Encoding": "br"}, {"Range": "bytes=0-9"}):
        answer = ask(host.url, address, **asked)
        assert answer.status == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        has_headers(answer, NEVER)
        assert unpacked(answer) == host.release.body("404.html")
    if tag := answer.headers.get("etag"):
        assert ask(host.url, address, If_None_Match=tag).status == 404


def test_a_part_of_a_file(host: Host) -> None:
    """A range request with the right ETag gets part of the file."""
    whole = host.ask(f"/{PICTURE}")
    assert whole.headers["accept-ranges"] == "bytes"
    part = host.ask(f"/{PICTURE}", Range="bytes=100-199", If_Range=whole.headers["etag"])
    assert (part.status, part.body) == (206, whole.body[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.body)}"
    assert host.ask(f"/{PICTURE}", Range="bytes=100-199", If_Range='"other"').body == whole.body


def test_head_has_the_headers_of_get(host: Host) -> None:
    """HEAD gets the same headers as GET and no body."""
    for address in ("/help/", f"/{PICTURE}", "/stories/gone/", "/nope"):
        with naming(address):
            head, whole = host.ask(address, "HEAD"), host.ask(address)
            assert (head.status, head.body) == (whole.status, b"")
            names = whole.headers.keys() - {"date"}
            assert {name: head.headers.get(name) for name in names} == {name: whole.headers[name] for name in names}


def test_other_methods_are_refused(host: Host) -> None:
    """Other methods than GET and HEAD are refused at every address, with all headers."""
    addresses = ("/help/", "/blog/a/", "/stories/gone/", "/nope")
    for method, address in product(("POST", "PUT", "DELETE", "OPTIONS", "PATCH"), addresses):
        with naming(f"{method} {address}"):
            answer = host.ask(address, method, Content_Length="0")
            assert answer.status == 405
            # Apache allows TRACE by its main configuration, which no file of a release can change.
            assert answer.headers["allow"] in {"GET, HEAD", "GET, HEAD, TRACE"}
            has_headers(answer, NEVER)
