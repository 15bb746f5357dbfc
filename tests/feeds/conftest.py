"""Session-scoped built sites for the feed tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import pelicanconf
from tests.feeds.published import Published
from tests.feeds.sites import AUTHORITY, HUB, whole_site
from tests.sites.building import CONTENT, build_once, shared


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Return a site with every kind of entry and a hub, below a path of its host, built by Pelican."""
    content = whole_site(tmp_path_factory.mktemp("whole") / "content")
    built = build_once(content, shared() / "feeds-whole", url="https://example.org/community", FEED_HUB=HUB)
    return Published(built.output, built.url, AUTHORITY, HUB)


@pytest.fixture(scope="session")
def own() -> Published:
    """Return this project's own site, built by Pelican."""
    built = build_once(CONTENT, shared() / "feeds-own", url="https://example.org")
    return Published(built.output, built.url, pelicanconf.FEED_ID_AUTHORITY)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Return a site without content, built by Pelican."""
    built = build_once(tmp_path_factory.mktemp("empty"), shared() / "feeds-empty", url="https://example.org")
    return Published(built.output, built.url, AUTHORITY)


@pytest.fixture(params=["whole", "own", "empty"])
def published(request: pytest.FixtureRequest) -> Published:
    """Return each of the built sites in turn."""
    site = request.getfixturevalue(request.param)
    assert isinstance(site, Published)
    return site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    return tmp_path
