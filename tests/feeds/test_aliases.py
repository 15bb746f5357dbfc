"""Old addresses of feeds answer with the feed."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plugins.engine.settings import SettingsError
from plugins.feeds.settings import FeedSettings
from tests.feeds.planning import settings
from tests.feeds.sites import small_site
from tests.sites.building import build_here

_ALIASES = ["/feed/", "/feed.xml", "/blog/atom.xml", "/index.json", "/?feed=rss2", "/?feed=atom"]
_TARGETS = {
    "/feed": "/community/feeds/all.rss.xml",
    "/feed/": "/community/feeds/all.rss.xml",
    "/feed.xml": "/community/feeds/all.rss.xml",
    "/blog/atom.xml": "/community/feeds/all.atom.xml",
    "/index.json": "/community/feeds/all.json",
    "/?feed=rss2": "/community/feeds/all.rss.xml",
    "/?feed=atom": "/community/feeds/all.atom.xml",
}


def test_old_address_is_the_feed(folder: Path) -> None:
    """Hosts redirect old addresses to the feed. A file there is the feed, and a folder a page that links to it."""
    url = "https://example.org/community"
    built = build_here(small_site(folder / "content"), folder / "output", url=url, FEED_ALIASES=_ALIASES)
    redirects = built.addresses().redirects
    assert {old: redirects.get(f"/community{old}") for old in _TARGETS} == _TARGETS
    for old in ("/feed.xml", "/blog/atom.xml", "/index.json"):
        feed = _TARGETS[old].removeprefix("/community/")
        assert (built.output / old[1:]).read_bytes() == (built.output / feed).read_bytes()
    page = BeautifulSoup((built.output / "feed/index.html").read_bytes(), "html.parser")
    (link,) = page.find_all("link", rel="alternate")
    assert (link["href"], link["type"]) == ("/community/feeds/all.rss.xml", "application/rss+xml")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("/feed/", "must be a list"),
        (["feed.xml"], "does not begin with a slash"),
        (["/feed.xml?a=1"], "question mark"),
        (["/feed.gz"], "packed form"),
        (["/feed.pdf"], "ends in `.pdf`"),
        ([1], "one text is expected"),
    ],
)
def test_invalid_alias(value: object, says: str) -> None:
    """The error for an invalid address contains the name of the setting and the reason."""
    with pytest.raises(SettingsError, match=f"FEED_ALIASES.*{says}"):
        FeedSettings.from_pelican(settings(FEED_ALIASES=value))
