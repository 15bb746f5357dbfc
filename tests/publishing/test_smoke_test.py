"""Looking from outside: a host that answers as the release says passes, and each other answer is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.publishing.release.build import make
from plugins.publishing.release.release import Release
from plugins.publishing.smoke_test import findings
from tests.publishing.hosting import Answer, hosting
from tests.sites.building import Built


@pytest.fixture(scope="module")
def release(full: Built, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of the full site: old addresses, something withdrawn, feeds, pictures."""
    return make(full.output, tmp_path_factory.mktemp("release") / "release", url="https://example.org")


def look(release: Release, otherwise: Callable[[str, Answer], Answer], *, full: bool = True) -> list[tuple[str, bool]]:
    """Return what is found at a host that answers otherwise: what is said, and whether it is fatal."""
    with hosting(release, otherwise) as address:
        found = findings(address, release.inventory, full=full, patience=0)
    return [(finding.says, finding.is_fatal) for finding in found]


def test_a_host_that_follows_the_rules_passes(release: Release) -> None:
    """Nothing is found at a host that answers as the release says."""
    assert release.inventory.gone
    assert release.inventory.redirects
    with hosting(release) as address:
        assert findings(address, release.inventory, full=True, patience=0) == []


def test_below_a_path_too(below: Built, tmp_path: Path) -> None:
    """A site below a path of its host is looked at there."""
    release = make(below.output, tmp_path / "release", url=below.url)
    with hosting(release) as address:
        assert findings(f"{address}/a/community", release.inventory, full=True, patience=0) == []


def page(address: str) -> bool:
    """Tell whether the address is that of a page for readers."""
    return address.endswith("/")


WRONG: list[tuple[str, Callable[[str, Answer], Answer], str, bool]] = [
    ("a page of another release", lambda a, x: Answer(200, x.headers, b"old") if a == "/help/" else x, "not the file", True),
    ("a page that is missing", lambda a, x: Answer(404) if a == "/help/" else x, "answers 404; it should be 200", True),
    ("a page as a download", lambda a, x: x.but(Content_Type="application/octet-stream") if page(a) else x, "has the type", True),
    ("pages that never change", lambda a, x: x.but(Cache_Control="public, max-age=9, immutable") if page(a) else x, "Cache-Control", True),
    ("a cookie", lambda _, x: x.but(Set_Cookie="seen=yes"), "sets a cookie", True),
    ("a wrong address that is found", lambda _, x: Answer(200, x.headers) if x.status == 404 else x, "it should be 404", False),
    ("the page of the host for wrong addresses", lambda _, x: Answer(404, x.headers, b"nginx") if x.status == 404 else x, "own page", False),
    ("a feed of another type", lambda a, x: x.but(Content_Type="text/plain") if a.endswith(".xml") else x, "has the type", False),
    ("a picture that is asked for again", lambda a, x: x.but(Cache_Control="no-cache") if a.endswith(".webp") else x, "Cache-Control", False),
    ("a policy of another site", lambda _, x: x.but(Content_Security_Policy="frame-ancestors 'none'"), "Content-Security-Policy", False),
    ("no policy", lambda _, x: x.but(Content_Security_Policy=""), "Content-Security-Policy", False),
    ("no header against sniffing", lambda _, x: x.but(X_Content_Type_Options=""), "X-Content-Type-Options", False),
    ("a story that is withdrawn and shown", lambda _, x: Answer(200, x.headers, b"my story") if x.status == 410 else x, "was withdrawn", True),
    ("a withdrawn story without 410", lambda _, x: Answer(200, x.headers, x.body) if x.status == 410 else x, "was withdrawn", False),
    ("old addresses that lead nowhere", lambda _, x: Answer(404, x.headers) if x.status == 301 else x, "it should lead to", True),
    ("old addresses that lead elsewhere", lambda _, x: x.but(Location="/elsewhere/") if x.status == 301 else x, "it should lead to", True),
]  # fmt: skip


@pytest.mark.parametrize(("otherwise", "says", "fatal"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_each_wrong_answer_is_told(
    otherwise: Callable[[str, Answer], Answer], says: str, fatal: bool, release: Release
) -> None:
    """On a host of ours every wrong answer is fatal; on another, only those that harm readers."""
    found = look(release, otherwise)
    assert [one for one in found if says in one[0]]
    assert all(is_fatal for said, is_fatal in found if says in said)
    elsewhere = [is_fatal for said, is_fatal in look(release, otherwise, full=False) if says in said]
    assert any(elsewhere) == fatal


def test_pages_that_are_sent_again_are_told(release: Release) -> None:
    """A host that sends an unchanged page again costs readers, and harms nobody."""
    found = look(release, lambda _, answer: answer.but(ETag=""))
    assert found
    assert {fatal for _, fatal in found} == {False}


def test_changed_files_are_asked_for_first(release: Release) -> None:
    """What is new in a release is among what is looked at, however many pages there are."""
    pages = sorted(item.path for item in release.inventory if item.path.endswith("/index.html"))
    moved = {f"{old.strip('/')}/index.html" for old in release.inventory.redirects}
    last = next(path for path in reversed(pages) if f"/{path}" not in release.inventory.gone and path not in moved)
    asked = []

    def note(address: str, answer: Answer) -> Answer:
        asked.append(address)
        return answer

    with hosting(release, note) as address:
        findings(address, release.inventory, changed=[last], full=True, patience=0)
    assert f"/{last.removesuffix('index.html')}" in asked


def test_nobody_answers() -> None:
    """A host that does not answer is one fatal finding, not an exception."""
    from plugins.publishing.release.inventory import Inventory  # noqa: PLC0415

    found = findings("http://127.0.0.1:9", Inventory("0", "https://example.org", {}, {}, {}), full=True, patience=0)
    assert [finding.is_fatal for finding in found] == [True]
    assert "does not answer" in found[0].says


def test_a_host_gets_a_moment(release: Release) -> None:
    """A server that needs a moment to read its rules again is asked again until it answers right."""
    asked: list[str] = []

    def late(address: str, answer: Answer) -> Answer:
        asked.append(address)
        return Answer(503) if len(asked) < 8 else answer

    with hosting(release, late) as address:
        assert findings(address, release.inventory, full=True, patience=20) == []
