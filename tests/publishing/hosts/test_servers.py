"""What real servers answer: one table, held against nginx, Caddy and Apache, at the root of a host and below a path."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import brotli
import pytest

from plugins.base.media_types import content_type
from plugins.publishing.hosts.response_rules import BRIEF, FOREVER, HEADERS, NEVER, TEXTS, caching
from tests.publishing.hosts.releases import AWKWARD, PICTURE, SCRIPT, Small, small, write
from tests.publishing.hosts.serving import KINDS, Answer, ask, serving

pytestmark = pytest.mark.real

#: Addresses below the root of the site, and the files that they show.
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
}
#: Addresses below the root of the site that lead elsewhere there.
MOVED = {
    "/help": "/help/",
    "/blog/a": "/help/",
    "/blog/a/": "/help/",
    "/old/Page.html": "/help/",
    "/Help": "/help/",
    "/Help/": "/help/",
    f"/moved%20{quote(AWKWARD)}": f"/articles/{AWKWARD}/",
    f"/moved%20{quote(AWKWARD)}/": f"/articles/{AWKWARD}/",
}
#: Withdrawn addresses below the root of the site, and the pages that stand there.
GONE = {
    "/stories/gone": "stories/gone/index.html",
    "/stories/gone/": "stories/gone/index.html",
    "/stories/gone/index.html": "stories/gone/index.html",
    "/old/Gone.html": "old/Gone.html",
    f"/{quote(AWKWARD)}": "stories/gone/index.html",
    f"/{quote(AWKWARD)}/": "stories/gone/index.html",
}
#: Addresses below the root of the site without anything, or with what is not shown.
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
#: The same, of the host.
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
#: What a browser asks for, and the coding that it must get where a packed form lies there.
ACCEPTED = {
    "": "",
    "identity": "",
    "gzip": "gzip",
    "gzip, deflate, br, zstd": "br",
    "gzip;q=0.5, br;q=1.0": "br",
    "br;q=0, gzip": "gzip",
    "gzip;q=0": "",
}


@dataclass(frozen=True)
class Host:
    """A server, what it serves, and which coding it knows."""

    kind: str
    url: str
    release: Small

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for the address ``path`` below the root of the site."""
        return ask(self.url, f"{self.release.answers.root}{path}", method, **headers)

    def coding(self, accepted: str) -> str:
        """The coding that this server answers with when a browser accepts ``accepted``."""
        coding = ACCEPTED[accepted]
        return "gzip" if coding == "br" and self.kind == "nginx" else coding


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of server."""
    return str(request.param)


@pytest.fixture(scope="module", params=["", "/community"], ids=["root", "below"])
def host(kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Each kind of server, with a site at the root of the host, and with one below a path."""
    release = small(request.param)
    folder = tmp_path_factory.mktemp("release")
    write(release, folder)
    with serving(kind, folder) as server:
        yield Host(kind, server.url, release)


def unpacked(answer: Answer) -> bytes:
    """The body of ``answer`` as a browser shows it."""
    match answer.headers.get("content-encoding"):
        case "br":
            return bytes(brotli.decompress(answer.body))
        case "gzip":
            return gzip.decompress(answer.body)
        case coding:
            assert coding is None
            return answer.body


def has_headers(answer: Answer, caching: str) -> None:
    """Assert that ``answer`` has every header, once, with this caching."""
    expected = {**HEADERS, "Cache-Control": caching}
    assert {name: answer.headers.get(name.lower()) for name in expected} == expected


@pytest.mark.parametrize("address", SHOWN)
def test_a_file_is_shown_as_it_is(host: Host, address: str) -> None:
    """A file has its bytes, type, caching and all headers, in each coding that a browser accepts."""
    file = SHOWN[address]
    path = f"{host.release.answers.root}/{file}".removeprefix("/")
    tags = {}
    for accepted in ACCEPTED:
        answer = host.ask(address, Accept_Encoding=accepted) if accepted else host.ask(address)
        assert answer.status == 200
        assert answer.headers["content-type"] == content_type(path)
        has_headers(answer, caching(path, host.release.answers.root))
        coding = host.coding(accepted) if file.endswith(TEXTS) else ""
        assert answer.headers.get("content-encoding", "") == coding
        if file.endswith(TEXTS):
            assert answer.headers["vary"] == "Accept-Encoding"
        assert unpacked(answer) == host.release.body(file)
        tags[answer.headers.get("content-encoding", "")] = answer.headers["etag"]
    assert len(set(tags.values())) == len(tags)


@pytest.mark.parametrize("accepted", ["", "gzip", "br"])
def test_what_has_not_changed_is_not_sent_again(host: Host, accepted: str) -> None:
    """A browser that has the file is told so, with the headers that it needs, in each coding by its own ETag."""
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


@pytest.mark.parametrize("address", MOVED)
def test_an_old_address_leads_to_the_new_one(host: Host, address: str) -> None:
    """Both forms of an old address, and a folder without its slash, lead on within the host, not for long."""
    for packed in ({}, {"Accept_Encoding": "gzip, br"}):
        answer = host.ask(address, **packed)
        assert answer.status == 301 if address != "/help" else answer.status in {301, 308}
        where = urlsplit(answer.headers["location"])
        assert f"{where.scheme}://{where.netloc}" in {"://", host.url}
        assert unquote(where.path) == f"{host.release.answers.root}{MOVED[address]}"
        assert (where.query, where.fragment) == ("", "")
        has_headers(answer, BRIEF)


@pytest.mark.parametrize("address", GONE)
def test_a_withdrawn_address_is_gone(host: Host, address: str) -> None:
    """Every form of a withdrawn address has status 410 and the page that stands there, whole."""
    page = GONE[address]
    for asked in ({}, {"Accept_Encoding": "gzip"}, {"Accept_Encoding": "br"}, {"Range": "bytes=0-9"}):
        answer = host.ask(address, **asked)
        assert answer.status == 410
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        has_headers(answer, NEVER)
        assert unpacked(answer) == host.release.body(page)


@pytest.mark.parametrize("address", MISSING)
def test_a_wrong_address_has_the_page_for_it(host: Host, address: str) -> None:
    """Where nothing is, and where something is that is not for readers, the site's page says so, with status 404."""
    is_missing(host, f"{host.release.answers.root}{address}")


@pytest.mark.parametrize("address", HIDDEN)
def test_what_is_for_hosts_is_not_shown(host: Host, address: str) -> None:
    """Rules and lists answer as if they were not there, however their address is written."""
    is_missing(host, address)


def is_missing(host: Host, address: str) -> None:
    """Assert that ``address`` of the host has the page for wrong addresses, whatever a browser asks for."""
    for asked in ({}, {"Accept_Encoding": "gzip"}, {"Accept_Encoding": "br"}, {"Range": "bytes=0-9"}):
        answer = ask(host.url, address, **asked)
        assert answer.status == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        has_headers(answer, NEVER)
        assert unpacked(answer) == host.release.body("404.html")
    if tag := answer.headers.get("etag"):
        assert ask(host.url, address, If_None_Match=tag).status == 404


def test_a_part_of_a_file(host: Host) -> None:
    """A browser may ask for a part of a file, if it still has the same one."""
    whole = host.ask(f"/{PICTURE}")
    assert whole.headers["accept-ranges"] == "bytes"
    part = host.ask(f"/{PICTURE}", Range="bytes=100-199", If_Range=whole.headers["etag"])
    assert (part.status, part.body) == (206, whole.body[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.body)}"
    assert host.ask(f"/{PICTURE}", Range="bytes=100-199", If_Range='"other"').body == whole.body


@pytest.mark.parametrize("address", ["/help/", f"/{PICTURE}", "/stories/gone/", "/nope"])
def test_heads_are_those_of_the_whole(host: Host, address: str) -> None:
    """HEAD answers as GET does, without a body."""
    head, whole = host.ask(address, "HEAD"), host.ask(address)
    assert (head.status, head.body) == (whole.status, b"")
    names = whole.headers.keys() - {"date"}
    assert {name: head.headers.get(name) for name in names} == {name: whole.headers[name] for name in names}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("address", ["/help/", "/blog/a/", "/stories/gone/", "/nope"])
def test_nothing_can_be_sent_here(host: Host, method: str, address: str) -> None:
    """Methods that only make sense where something can be changed are refused, everywhere, with all headers."""
    answer = host.ask(address, method, Content_Length="0")
    assert answer.status == 405
    # Apache allows TRACE where its own configuration does; no file of a release can say otherwise.
    assert answer.headers["allow"] in {"GET, HEAD", "GET, HEAD, TRACE"}
    has_headers(answer, NEVER)
