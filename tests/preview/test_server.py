"""The preview server, asked over a real socket."""

from __future__ import annotations

import contextlib
import http.client
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest

from plugins.preview.server import PortError, PreviewServer, content_type, open_server

SECRET = b"not for anyone"


@dataclass(frozen=True)
class Reply:
    """What came back for one request."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, target: str, method: str = "GET") -> Reply:
    """Send one request, its target byte for byte as given, and return the reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.putrequest(method, target, skip_accept_encoding=True)
        connection.endheaders()
        response = connection.getresponse()
        return Reply(response.status, dict(response.getheaders()), response.read())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small finished site, with a secret beside it and ways out that lead there."""
    parent = tmp_path_factory.mktemp("preview")
    (parent / "secret.txt").write_bytes(SECRET)
    site = parent / "output"
    files = {
        "index.html": "home", "404.html": "<h1>We cannot find that page</h1>", "blog/slug/index.html": "the entry",
        "feeds/all.rss.xml": "<rss/>", "feeds/all.json": "{}", "style.css": "a{}", "empty/picture.svg": "<svg/>",
        "_redirects": "/a /b 301\n", ".build-manifest.json": "{}", ".well-known/security.txt": "Contact: us",
        "a b/é/index.html": "spaced",
    }  # fmt: skip
    for path, text in files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (site / "way-out.txt").symlink_to(parent / "secret.txt")
    (site / "way-up").symlink_to(parent)
    return site


@contextlib.contextmanager
def running(server: PreviewServer) -> Iterator[PreviewServer]:
    """Run ``server`` beside the test."""
    with server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def port(site: Path) -> Iterator[int]:
    """The port of a running server of the site."""
    with running(PreviewServer(site)) as server:
        yield server.server_port


def test_home_page_is_at_the_root(port: int) -> None:
    """The root answers with the home page."""
    reply = ask(port, "/")
    assert (reply.status, reply.body) == (200, b"home")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feeds/all.rss.xml", "text/xml; charset=utf-8"),
        ("/feeds/all.json", "application/json"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/empty/picture.svg", "image/svg+xml"),
        ("/_redirects", "text/plain; charset=utf-8"),
    ],
)
def test_files_carry_their_content_type(port: int, target: str, expected: str) -> None:
    """Each kind of file is sent as what it is."""
    reply = ask(port, target)
    assert reply.status == 200
    assert reply.headers["Content-Type"] == expected


def test_files_of_no_known_kind_are_bytes() -> None:
    """A file with an ending that is not in the list is sent as plain bytes."""
    assert content_type("archive.xyz") == "application/octet-stream"


def test_nothing_is_stored(port: int) -> None:
    """No answer may be kept by the browser, so that what is shown is what was built last."""
    for target in ("/", "/style.css", "/nowhere/", "/blog/slug"):
        assert ask(port, target).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/blog/slug", "/blog/slug/"),
        ("/blog/slug?from=post", "/blog/slug/?from=post"),
        ("//blog/slug", "/blog/slug/"),
        ("/%2Fblog/slug", "/blog/slug/"),
        ("/a%20b/%C3%A9", "/a%20b/%C3%A9/"),
    ],
)
def test_an_address_without_its_slash_leads_to_the_one_with_it(port: int, target: str, location: str) -> None:
    """The address of a page without its last slash leads on within this host, for good."""
    reply = ask(port, target)
    assert reply.status == 301
    assert reply.headers["Location"] == location
    assert ask(port, location).status == 200


@pytest.mark.parametrize(
    "target",
    ["/nowhere", "/nowhere/", "/blog/", "/empty/", "/empty", "/style.css/", "/index.html/x", "/.build-manifest.json"],
)
def test_what_is_not_there_gets_the_sites_own_page_and_404(port: int, target: str) -> None:
    """An address with no page gets the site's 404 page with its true status; folders are never listed."""
    reply = ask(port, target)
    assert reply.status == 404
    assert b"We cannot find that page" in reply.body
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_site_without_a_404_page_still_answers_404(tmp_path: Path) -> None:
    """A folder that lacks a 404 page gets a plain sentence and the same status."""
    with running(PreviewServer(tmp_path)) as server:
        reply = ask(server.server_port, "/")
    assert (reply.status, reply.body) == (404, b"There is no such page.\n")


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/blog/../../secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/way-out.txt",
        "/way-up/secret.txt",
        "/%00/secret.txt",
        "//secret.txt",
        "/" + "x" * 5000,
    ],
)
def test_nothing_outside_the_site_is_served(port: int, target: str) -> None:
    """No spelling of an address, and no link in the site's folder, leads to a file outside it."""
    reply = ask(port, target)
    assert reply.status == 404
    assert SECRET not in reply.body


def test_well_known_files_are_served(port: int) -> None:
    """The one folder with a dot that the web has an agreement on is shown."""
    assert ask(port, "/.well-known/security.txt").body == b"Contact: us"


def test_head_answers_as_get_without_the_body(port: int) -> None:
    """HEAD gives the headers of GET, and nothing else."""
    got, head = ask(port, "/style.css"), ask(port, "/style.css", "HEAD")
    dated = {"Date"}
    assert {k: v for k, v in head.headers.items() if k not in dated} == {
        k: v for k, v in got.headers.items() if k not in dated
    }
    assert head.body == b""


def test_nothing_can_be_sent_to_it(port: int) -> None:
    """The server only shows: other methods are refused."""
    assert ask(port, "/", "POST").status == 501


def test_only_this_machine_can_reach_it(site: Path) -> None:
    """The server listens on the loopback address and no other."""
    with PreviewServer(site) as server:
        assert server.socket.getsockname()[0] == "127.0.0.1"
        assert server.address == f"http://127.0.0.1:{server.server_port}/"


def test_a_taken_port_gives_way_to_a_free_one(site: Path) -> None:
    """When another program has the port, the server takes one that is free."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with open_server(site, taken) as server:
            assert server.server_port != taken
        with pytest.raises(PortError, match=f"port {taken} cannot be used: another program uses it"):
            PreviewServer(site, taken)


def test_a_port_that_cannot_exist_is_explained(site: Path) -> None:
    """A number that is no port gets a sentence that says which numbers are."""
    with pytest.raises(PortError, match="there is no port 99999; choose one from 1024 to 65535"):
        open_server(site, 99999)


def test_a_page_built_anew_is_shown_at_once(tmp_path: Path) -> None:
    """What is on the disk now is what is shown."""
    (tmp_path / "index.html").write_text("old", encoding="utf-8")
    with running(PreviewServer(tmp_path)) as server:
        assert ask(server.server_port, "/").body == b"old"
        (tmp_path / "index.html").write_text("new", encoding="utf-8")
        assert ask(server.server_port, "/").body == b"new"


def test_addresses_that_lead_nowhere_are_told_on_the_terminal(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing page is named on the terminal in one line, and nothing else is."""
    with running(PreviewServer(site)) as server:
        ask(server.server_port, "/")
        ask(server.server_port, "/no/%1bwhere/")
    assert capsys.readouterr().err == "not found: /no/%1bwhere/\n"
