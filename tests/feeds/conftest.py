"""What the tests of the feeds share: built sites, each built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feeds.published import Published
from tests.feeds.sites import AUTHORITY, HUB, whole_site
from tests.sites.building import CONTENT, build


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A site of everything, with a hub, below a path of its host, built by real Pelican."""
    root = tmp_path_factory.mktemp("whole")
    url = "https://example.org/community"
    build(whole_site(root / "content"), root / "output", url=url, FEED_HUB=HUB)
    return Published(root / "output", url, AUTHORITY, HUB)


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """This project's own site, built by real Pelican."""
    output = tmp_path_factory.mktemp("own") / "output"
    url = "https://community.helpmestop.org.uk"
    build(CONTENT, output, url=url)
    return Published(output, url, AUTHORITY)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A site without content, built by real Pelican."""
    root = tmp_path_factory.mktemp("empty")
    (root / "content").mkdir()
    build(root / "content", root / "output", url="https://example.org")
    return Published(root / "output", "https://example.org", AUTHORITY)


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
