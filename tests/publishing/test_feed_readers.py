"""Test that a publication reports what a host refuses feed readers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from plugins.publishing.feed_readers import READERS, refusals
from plugins.publishing.release.build import make_release
from plugins.publishing.release.release import Release
from tests.publishing.hosting import Answer, hosting
from tests.sites.building import Built


@pytest.fixture(scope="module")
def release(below: Built, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return the release of a site below a path."""
    return make_release(below.output, tmp_path_factory.mktemp("release") / "release", url=below.url)


def test_a_host_that_follows_the_rules_refuses_nobody(release: Release) -> None:
    """Each reader gets its feed, and hears that it has not changed. Every format is asked for."""
    assert {reader.feed.partition(".")[2] for reader in READERS} == {"rss.xml", "atom.xml", "json"}
    with hosting(release) as address:
        assert refusals(f"{address}/a/community", release.inventory) == []


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_refused_reader_is_named(release: Release, status: int) -> None:
    """A host that refuses a program by its User-Agent is reported with the program, and nothing is fatal."""
    with hosting(release, refused={"Feedly": status}) as address:
        (found,) = refusals(f"{address}/a/community", release.inventory)
    assert found.address.endswith("/a/community/feeds/all.rss.xml")
    assert found.message.startswith(f"Feedly is answered {status}")
    assert "let the program `Feedly/1.0" in found.message
    assert not found.is_fatal


def test_other_answers_are_told(release: Release) -> None:
    """A page in place of a feed, a feed that is always sent whole, and a host that is gone are reported."""
    page = Answer(200, {"Content-Type": "text/html"}, b"Prove that you are a person.")
    with hosting(release, lambda path, answer: page if path.endswith(".json") else answer) as address:
        (found,) = refusals(f"{address}/a/community", release.inventory)
        assert "NetNewsWire does not get the feed" in found.message

    def whole(path: str, answer: Answer) -> Answer:
        if answer.status == 304:
            return Answer(200, answer.headers, (release.folder / path.lstrip("/")).read_bytes())
        return answer

    with hosting(release, whole) as address:
        found_whole = refusals(f"{address}/a/community", release.inventory)
    assert len(found_whole) == len(READERS)
    assert all("gets it again although" in one.message for one in found_whole)
    assert all("gets no answer" in one.message for one in refusals(f"{address}/a/community", release.inventory))


def test_a_site_without_feeds_is_not_asked(release: Release) -> None:
    """Readers are asked for nothing that the release does not have."""
    inventory = replace(release.inventory, items={})
    assert refusals("http://127.0.0.1:9", inventory) == []
