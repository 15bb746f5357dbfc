"""Test that the smoke test passes for a correct host, and reports each wrong answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.publishing.release.build import make_release
from plugins.publishing.release.release import Release
from plugins.publishing.smoke_test import unexpected_answers
from tests.publishing.hosting import Answer, hosting
from tests.sites.building import Built


@pytest.fixture(scope="module")
def release(full: Built, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return the release of the full site, which has redirects, a withdrawn entry, feeds and images."""
    return make_release(full.output, tmp_path_factory.mktemp("release") / "release", url="https://example.org")


def check(release: Release, alter: Callable[[str, Answer], Answer], *, full: bool = True) -> list[tuple[str, bool]]:
    """Return the message and severity of each unexpected answer of a host whose answers are altered."""
    with hosting(release, alter) as address:
        found = unexpected_answers(address, release.inventory, full=full, timeout=0)
    return [(finding.message, finding.is_fatal) for finding in found]


def test_a_host_that_follows_the_rules_passes(release: Release) -> None:
    """A host that serves the release as it is gives no unexpected answers."""
    assert release.inventory.gone
    assert release.inventory.redirects
    with hosting(release) as address:
        assert unexpected_answers(address, release.inventory, full=True, timeout=0) == []


def test_a_site_below_a_path_passes(below: Built, tmp_path: Path) -> None:
    """A site below a path is requested below that path."""
    release = make_release(below.output, tmp_path / "release", url=below.url)
    with hosting(release) as address:
        assert unexpected_answers(f"{address}/a/community", release.inventory, full=True, timeout=0) == []


def page(address: str) -> bool:
    """Return whether ``address`` is that of a page."""
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


@pytest.mark.parametrize(("alter", "message", "fatal"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_each_wrong_answer_is_reported(
    alter: Callable[[str, Answer], Answer], message: str, fatal: bool, release: Release
) -> None:
    """Every wrong answer is fatal if the host applies the rules, and otherwise only if it harms readers."""
    found = check(release, alter)
    assert [one for one in found if message in one[0]]
    assert all(is_fatal for said, is_fatal in found if message in said)
    elsewhere = [is_fatal for said, is_fatal in check(release, alter, full=False) if message in said]
    assert any(elsewhere) == fatal


def test_a_host_without_etags_gets_a_warning(release: Release) -> None:
    """A host that ignores ETags gets a warning."""
    found = check(release, lambda _, answer: answer.but(ETag=""))
    assert found
    assert {fatal for _, fatal in found} == {False}


def test_changed_files_are_requested_first(release: Release) -> None:
    """The sample has the files that are new in this release, however many pages there are."""
    pages = sorted(item.path for item in release.inventory if item.path.endswith("/index.html"))
    moved = {f"{old.strip('/')}/index.html" for old in release.inventory.redirects}
    last = next(path for path in reversed(pages) if f"/{path}" not in release.inventory.gone and path not in moved)
    requested = []

    def note(address: str, answer: Answer) -> Answer:
        requested.append(address)
        return answer

    with hosting(release, note) as address:
        unexpected_answers(address, release.inventory, changed=[last], full=True, timeout=0)
    assert f"/{last.removesuffix('index.html')}" in requested


def test_a_host_that_does_not_answer() -> None:
    """A host that does not answer is one fatal finding and no exception."""
    from plugins.publishing.release.inventory import Inventory  # noqa: PLC0415

    found = unexpected_answers(
        "http://127.0.0.1:9", Inventory("0", "https://example.org", {}, {}, {}), full=True, timeout=0
    )
    assert [finding.is_fatal for finding in found] == [True]
    assert "does not answer" in found[0].message


def test_a_fatal_answer_is_retried(release: Release) -> None:
    """A host that answers 503 at first is requested again until it answers right."""
    requested: list[str] = []

    def late(address: str, answer: Answer) -> Answer:
        requested.append(address)
        return Answer(503) if len(requested) < 8 else answer

    with hosting(release, late) as address:
        assert unexpected_answers(address, release.inventory, full=True, timeout=20) == []
