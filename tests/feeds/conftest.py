"""What the tests of the feeds share: built sites, each built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feeds.published import Published
from tests.feeds.sites import AUTHORITY, HUB, whole_site
from tests.sites.building import CONTENT, build_once, shared


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A site of everything, with a hub, below a path of its host, built by real Pelican."""
    content = whole_site(tmp_path_factory.mktemp("whole") / "content")
    built = build_once(content, shared() / "feeds-whole", url="https://example.org/community", FEED_HUB=HUB)
    return Published(built.output, built.url, AUTHORITY, HUB)


@pytest.fixture(scope="session")
def own() -> Published:
    """This project's own site, built by real Pelican."""
    built = build_once(CONTENT, shared() / "feeds-own", url="https://community.helpmestop.org.uk")
    return Published(built.output, built.url, AUTHORITY)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A site without content, built by real Pelican."""
    built = build_once(tmp_path_factory.mktemp("empty"), shared() / "feeds-empty", url="https://example.org")
    return Published(built.output, built.url, AUTHORITY)


@pytest.fixture(params=["whole", "own", "empty"])
def published(request: pytest.FixtureRequest) -> Published:
    """Each of the built sites in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Published)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    return tmp_path
