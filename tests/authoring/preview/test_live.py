"""Test the live preview of `inv serve` over real sockets."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from plugins.authoring.preview.injection import opened_up
from tests.authoring.preview.live import Live, next_problems, preview, until, without_preview
from tests.sites.building import SITES, Built, build_here, snapshot

pytestmark = pytest.mark.real

PAGE = "articles/plain/index.html"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of ``sites/full``."""
    return shutil.copytree(SITES / "full", tmp_path_factory.mktemp("live") / "content")


@pytest.fixture(scope="module")
def live(content: Path) -> Iterator[Live]:
    """Yield a preview of it."""
    with preview(content) as running:
        yield running


def test_a_save_refreshes_the_page(live: Live, content: Path) -> None:
    """The browser that shows a page gets an event, and then the saved text. One save may take two events."""
    file = content / "articles/plain/index.md"
    text = file.read_text(encoding="utf-8")

    def shows_it() -> bool:
        return b"Saved just now." in live.get("/articles/plain/").body

    with live.events(PAGE, live.get("/articles/plain/").digest) as events:
        file.write_text(f"{text}\nSaved just now.\n", encoding="utf-8")
        until(events, "refresh")
        while not shows_it():
            until(events, "refresh")
        file.write_text(text, encoding="utf-8")
        until(events, "refresh")
        while shows_it():
            until(events, "refresh")


def test_a_mistake_is_sent_until_corrected(live: Live, content: Path) -> None:
    """The browser gets a problem with position, lines and hint, and keeps the last valid page."""
    file = content / "articles/plain/index.md"
    text = file.read_text(encoding="utf-8")
    before = live.get("/articles/plain/").body
    with live.events(PAGE) as events:
        file.write_text(text.replace("title: ", "title: Recovery: ", 1), encoding="utf-8")
        [problem] = next_problems(events, wrong=True)
        assert (problem["name"], problem["line"]) == ("colon-in-text", 3)
        assert problem["file"].endswith("articles/plain/index.md")
        assert problem["column"] > 1
        assert [number for number, _ in problem["lines"]] == [1, 2, 3, 4, 5]
        assert 'title: "' in problem["hint"]
        assert live.get("/articles/plain/").body == before
        file.write_text(text, encoding="utf-8")
        assert next_problems(events, wrong=False) == []


def test_a_page_that_was_never_made_waits_for_the_mend(live: Live, content: Path) -> None:
    """A page that was never rendered is refreshed only after the error that stops the build is corrected."""
    file = content / "articles/plain/index.md"
    text = file.read_text(encoding="utf-8")
    live.get("/articles/waited-for/")
    with live.events(PAGE) as events:
        file.write_text(text.replace("title: ", "title: Recovery: ", 1), encoding="utf-8")
        next_problems(events, wrong=True)
    missing = live.get("/articles/waited-for/")
    assert missing.status == 503
    with live.events("articles/waited-for/index.html", missing.digest) as events:
        assert [next(events)[0] for _ in range(2)] == ["marks", "problems"]
        file.write_text(text, encoding="utf-8")
        seen = []
        while "refresh" not in seen:
            seen.append(next(events)[0])
        assert "problems" in seen
    assert live.get("/articles/waited-for/").status == 404


def test_a_late_browser_is_refreshed(live: Live) -> None:
    """A browser with an older version of the page gets a refresh, one with the current version does not."""
    digest = live.get("/articles/plain/").digest
    with live.events(PAGE, "older") as events:
        assert [next(events)[0] for _ in range(3)] == ["marks", "problems", "refresh"]
    with live.events(PAGE, digest) as events:
        assert [next(events)[0] for _ in range(2)] == ["marks", "problems"]


def test_a_new_page_appears(live: Live, content: Path) -> None:
    """A browser at the address of a new entry shows it when it is saved."""
    missing = live.get("/articles/waited-for/")
    assert missing.status == 404
    text = (content / "articles/plain/index.md").read_text(encoding="utf-8")
    file = content / "articles/waited-for/index.md"
    with live.events("articles/waited-for/index.html", missing.digest) as events:
        file.parent.mkdir()
        slug = text.replace("slug: plain", "slug: waited-for").replace("id: full-article-plain", "id: waited-for")
        file.write_text(slug.replace("aliases:", "aliases: []\n#"), encoding="utf-8")
        until(events, "refresh")
    assert live.get("/articles/waited-for/").status == 200
    shutil.rmtree(file.parent)
    live.settle()


def test_hidden_entries_are_marked(live: Live) -> None:
    """Drafts and future entries have a page with a mark. Expired ones have no page."""
    assert live.get("/articles/draft/").status == 200
    with live.events(PAGE) as events:
        marks = until(events, "marks")
    assert marks["/articles/draft/"] == "Draft"
    assert marks["/articles/future/"].startswith("Planned for 20")
    assert "/articles/plain/" not in marks
    assert live.get("/articles/expired/").status == 404


def test_no_draft_is_in_a_feed(live: Live) -> None:
    """The preview's feeds contain only published entries."""
    feed = live.get("/feeds/all.rss.xml").body
    assert b"<item>" in feed
    assert b"DRAFT-ARTICLE-1D" not in feed


def test_the_preview_equals_a_clean_build(live: Live, content: Path, tmp_path: Path) -> None:
    """The served files equal a clean build with drafts, except for the preview's script."""
    live.settle()
    expected = snapshot(build_here(content, tmp_path / "output", DRAFTS=True).output)
    sent = {path: opened_up(data) if path.endswith(".html") else data for path, data in expected.items()}
    assert not [path for path, data in sent.items() if live.got(path) != data]


def test_builds_contain_no_preview_code(full: Built) -> None:
    """No file of a build contains code of the preview."""
    files = snapshot(full.output)
    assert not [path for path, data in files.items() if b".preview" in data or b"preview-mark" in data]


def test_the_preview_adds_one_line_to_a_page(live: Live) -> None:
    """The served page has only the script in addition."""
    body = live.get("/articles/plain/").body
    assert body.count(b"/.preview/preview.js") == 1
    assert len(without_preview(body).splitlines()) == len(body.splitlines()) - 1
    assert live.get("/.preview/preview.js").status == 200


@pytest.mark.parametrize("target", ["/../secret", "/%2e%2e/secret", "/.git/config", "/%2Fetc/passwd", "/nowhere/"])
def test_only_the_site_is_served(live: Live, target: str) -> None:
    """No spelling of an address returns another file."""
    answer = live.get(target)
    assert answer.status == 404
    assert b"<main" in answer.body


def test_a_missing_slash_redirects(live: Live) -> None:
    """The address of a page without its last slash redirects within this host."""
    assert live.get("/articles/plain").status == 301
    assert live.get("//articles/plain").status == 301


def test_other_host_names_are_refused(live: Live) -> None:
    """A request with the host name of another site is refused."""
    parts = urlsplit(live.address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 400
    connection.close()
    connection.request("POST", "/")
    assert connection.getresponse().status == 405
    connection.close()


def test_a_port_in_use_and_ctrl_c() -> None:
    """With its port in use, the preview uses another. Ctrl-C ends it within two seconds with status 0."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with preview(SITES / "minimal", port=taken) as running:
            assert any(f"Port {taken} is taken" in line for line in running.said)
            with running.events("index.html") as events:
                next(events)
                started = time.monotonic()
                running.process.send_signal(signal.SIGINT)
                assert running.process.wait(10) == 0
                assert time.monotonic() - started < 2
    assert not any("Traceback" in line for line in running.said)
    assert "Ended.\n" in running.said


def test_an_output_folder_has_no_drafts(full: Built, tmp_path: Path) -> None:
    """With --output, the folder has a build without drafts."""
    with preview(SITES / "full", "--output", str(tmp_path / "kept")) as running:
        while not any("new, after" in line for line in running.said):
            time.sleep(0.1)
        assert running.get("/articles/draft/").status == 404
    assert snapshot(tmp_path / "kept") == snapshot(full.output)
