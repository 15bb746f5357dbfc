"""Newsboat follows a site that nginx serves on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.feeds.serving import Served, Subscriber, serving
from tests.feeds.sites import AUTHORITY, plain, small_site
from tests.sites.building import build_here
from tests.sites.nginx import free_port
from tests.sites.writing import write

pytestmark = pytest.mark.real

_ITEMS = 5
_FEEDS = ("articles.rss.xml", "articles.atom.xml")


class Site:
    """A site that changes while nginx serves it."""

    def __init__(self, root: Path, port: int) -> None:
        self.content, self.output = root / "content", root / "output"
        self.url = f"http://127.0.0.1:{port}"
        small_site(self.content, _ITEMS)
        self.build()

    def build(self) -> None:
        """Build the current content."""
        build_here(self.content, self.output, url=self.url)

    def change(self, number: int, **changes: object) -> None:
        """Write article ``number`` again and build."""
        write(self.content, plain(number, **changes))
        self.build()

    def withdraw(self, number: int) -> None:
        """Withdraw article ``number`` and build."""
        folder = self.content / "articles" / f"text-{number}"
        (folder / "index.md").unlink()
        stone = {
            "id": f"entry-id-text-{number}",
            "kind": "article",
            "address": f"/articles/text-{number}/",
            "published": "2026-01-03",
            "withdrawn_on": "2026-11-20",
        }
        write(self.content, {"register/withdrawn.yaml": yaml.safe_dump([stone])})
        self.build()


@pytest.fixture
def site(folder: Path) -> Iterator[tuple[Site, Served]]:
    """Yield a small site and its server."""
    port = free_port()
    made = Site(folder, port)
    with serving(made.output, folder / "nginx", port) as served:
        yield made, served


@pytest.mark.parametrize("feed", _FEEDS)
def test_first_reload_finds_every_item(site: tuple[Site, Served], folder: Path, feed: str) -> None:
    """A new subscriber finds each item once."""
    subscriber = Subscriber.of(f"{site[0].url}/feeds/{feed}", folder / "reader")
    subscriber.reload()
    assert set(subscriber.items()) == {f"tag:{AUTHORITY}:entry-id-text-{n}" for n in range(1, _ITEMS + 1)}


@pytest.mark.parametrize("feed", _FEEDS)
def test_corrections_create_no_new_item(site: tuple[Site, Served], folder: Path, feed: str) -> None:
    """After a changed title, slug and date a subscriber has the same items with the new content."""
    made, _ = site
    subscriber = Subscriber.of(f"{made.url}/feeds/{feed}", folder / "reader")
    subscriber.reload()
    before = subscriber.rows()
    made.change(2, title="Another title")
    subscriber.reload()
    assert subscriber.rows() == before
    made.change(2, title="Another title", slug="another-slug", aliases=["/articles/text-2/"])
    subscriber.reload()
    assert subscriber.rows() == before
    made.change(2, title="Another title", slug="another-slug", published="2026-02-20")
    subscriber.reload()
    assert subscriber.rows() == before
    assert subscriber.items()[f"tag:{AUTHORITY}:entry-id-text-2"][:1] == ("Another title",)


@pytest.mark.parametrize("feed", _FEEDS)
def test_withdrawal_replaces_the_stored_text(site: tuple[Site, Served], folder: Path, feed: str) -> None:
    """After a withdrawal the stored item has the same id and only the withdrawal notice."""
    made, _ = site
    subscriber = Subscriber.of(f"{made.url}/feeds/{feed}", folder / "reader")
    subscriber.reload()
    key = f"tag:{AUTHORITY}:entry-id-text-2"
    assert "What text 2 says" in subscriber.items()[key][2]
    before = subscriber.rows()
    made.withdraw(2)
    subscriber.reload()
    assert subscriber.rows() == before
    title, _, text = subscriber.items()[key]
    assert title == "No longer available"
    assert text == "<p>This article was withdrawn and is no longer on our site.</p>"


def test_unchanged_feed_is_not_sent_again(site: tuple[Site, Served], folder: Path) -> None:
    """An unchanged feed is answered with status 304, also after another build."""
    made, served = site
    subscriber = Subscriber.of(f"{made.url}/feeds/articles.rss.xml", folder / "reader")
    # Newsboat 2.21 sends conditional requests from its third reload on.
    for _ in range(3):
        subscriber.reload()
    made.build()
    subscriber.reload()
    assert served.answers("/feeds/articles.rss.xml")[-2:] == [304, 304]
