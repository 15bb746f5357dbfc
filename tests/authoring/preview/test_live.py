"""The live preview, run by `inv serve` and asked over real sockets."""

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
from tests.sites.building import SITES, build, snapshot

pytestmark = pytest.mark.real

PAGE = "articles/plain/index.html"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of ``sites/full``."""
    return shutil.copytree(SITES / "full", tmp_path_factory.mktemp("live") / "content")


@pytest.fixture(scope="module")
def live(content: Path) -> Iterator[Live]:
    """A preview of it."""
    with preview(content) as running:
        yield running


def test_a_save_shows_at_once_in_the_page_in_view(live: Live, content: Path) -> None:
    """The browser that looks at a page is told to refresh it, and gets what was saved."""
    file = content / "articles/plain/index.md"
    text = file.read_text(encoding="utf-8")
    with live.events(PAGE, live.get("/articles/plain/").digest) as events:
        file.write_text(f"{text}\nSaved just now.\n", encoding="utf-8")
        until(events, "refresh")
        assert b"Saved just now." in live.get("/articles/plain/").body
        file.write_text(text, encoding="utf-8")
        until(events, "refresh")
        assert b"Saved just now." not in live.get("/articles/plain/").body


def test_a_mistake_is_told_with_its_place_and_mend_and_leaves_when_mended(live: Live, content: Path) -> None:
    """The browser hears of a problem with file, line, column, lines and mend; the last good page stays."""
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


def test_a_browser_that_comes_late_hears_what_it_missed(live: Live) -> None:
    """A browser with an older state of the page is told to refresh, one with this state is not."""
    digest = live.get("/articles/plain/").digest
    with live.events(PAGE, "older") as events:
        assert [next(events)[0] for _ in range(3)] == ["marks", "problems", "refresh"]
    with live.events(PAGE, digest) as events:
        assert [next(events)[0] for _ in range(2)] == ["marks", "problems"]


def test_a_new_page_shows_where_there_was_none(live: Live, content: Path) -> None:
    """Whoever waits at the address of an entry that is about to be written sees it when it is saved."""
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


def test_drafts_and_planned_posts_are_shown_and_named(live: Live) -> None:
    """What readers do not see yet has its page, and the browser is told what to call it; what expired has none."""
    assert live.get("/articles/draft/").status == 200
    with live.events(PAGE) as events:
        marks = until(events, "marks")
    assert marks["/articles/draft/"] == "Draft"
    assert marks["/articles/future/"].startswith("Planned for 20")
    assert "/articles/plain/" not in marks
    assert live.get("/articles/expired/").status == 404


def test_no_draft_is_in_a_feed(live: Live) -> None:
    """Feeds hold what is published, in the preview too."""
    feed = live.get("/feeds/all.rss.xml").body
    assert b"<item>" in feed
    assert b"DRAFT-ARTICLE-1D" not in feed


def test_what_it_ends_with_is_a_clean_build(live: Live, content: Path, tmp_path: Path) -> None:
    """Every file of a build from nothing with drafts shown is served, byte for byte but for what a preview needs."""
    live.settle()
    expected = snapshot(build(content, tmp_path / "output", DRAFTS=True).output)
    sent = {path: opened_up(data) if path.endswith(".html") else data for path, data in expected.items()}
    assert not [path for path, data in sent.items() if live.got(path) != data]


def test_nothing_of_the_preview_is_in_a_build(content: Path, tmp_path: Path) -> None:
    """No file of a build, drafts shown or not, names the preview."""
    files = snapshot(build(content, tmp_path / "output").output)
    assert not [path for path, data in files.items() if b".preview" in data or b"preview-mark" in data]


def test_the_preview_adds_one_line_to_a_page(live: Live) -> None:
    """What a page gains on its way to the browser is the script and nothing else."""
    body = live.get("/articles/plain/").body
    assert body.count(b"/.preview/preview.js") == 1
    assert len(without_preview(body).splitlines()) == len(body.splitlines()) - 1
    assert live.get("/.preview/preview.js").status == 200


@pytest.mark.parametrize("target", ["/../secret", "/%2e%2e/secret", "/.git/config", "/%2Fetc/passwd", "/nowhere/"])
def test_nothing_but_the_site_is_served(live: Live, target: str) -> None:
    """No spelling of an address leads to anything else."""
    answer = live.get(target)
    assert answer.status == 404
    assert b"<main" in answer.body


def test_an_address_without_its_slash_leads_to_the_one_with_it(live: Live) -> None:
    """The address of a page without its last slash leads on, within this host."""
    assert live.get("/articles/plain").status == 301
    assert live.get("//articles/plain").status == 301


def test_only_this_machine_by_its_own_name_is_answered(live: Live) -> None:
    """Another site that gives its name this machine's address learns nothing."""
    parts = urlsplit(live.address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 400
    connection.close()
    connection.request("POST", "/")
    assert connection.getresponse().status == 405
    connection.close()


def test_a_taken_port_gives_way_and_ctrl_c_ends_at_once(content: Path, tmp_path: Path) -> None:
    """With its port taken it says so and takes another; Ctrl-C ends it within two seconds and status 0."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with preview(content, port=taken) as running:
            assert any(f"Port {taken} is taken" in line for line in running.said)
            with running.events(PAGE) as events:
                next(events)
                started = time.monotonic()
                running.process.send_signal(signal.SIGINT)
                assert running.process.wait(10) == 0
                assert time.monotonic() - started < 2
    assert not any("Traceback" in line for line in running.said)
    assert "Ended.\n" in running.said


def test_a_folder_that_is_asked_for_gets_what_readers_would_see(content: Path, tmp_path: Path) -> None:
    """With --output the folder is that of a build, without drafts."""
    with preview(content, "--output", str(tmp_path / "kept")) as running:
        while not any("new, after" in line for line in running.said):
            time.sleep(0.1)
        assert running.get("/articles/draft/").status == 404
    assert snapshot(tmp_path / "kept") == snapshot(build(content, tmp_path / "clean").output)
