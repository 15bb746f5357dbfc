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


@pytest.fixture
def subscribers(site: tuple[Site, Served], folder: Path) -> list[Subscriber]:
    """Return a subscriber to each feed after the first reload."""
    made = [Subscriber.of(f"{site[0].url}/feeds/{feed}", folder / feed.partition(".")[2]) for feed in _FEEDS]
    for subscriber in made:
        subscriber.reload()
    return made


def test_first_reload_finds_every_item(subscribers: list[Subscriber]) -> None:
    """A new subscriber finds each item once."""
    for subscriber in subscribers:
        assert set(subscriber.items()) == {f"tag:{AUTHORITY}:entry-id-text-{n}" for n in range(1, _ITEMS + 1)}


def test_corrections_create_no_new_item(site: tuple[Site, Served], subscribers: list[Subscriber]) -> None:
    """After a changed title, slug and date a subscriber has the same items with the new content."""
    before = [subscriber.rows() for subscriber in subscribers]
    slug = {"slug": "another-slug"}
    for changes in ({}, {**slug, "aliases": ["/articles/text-2/"]}, {**slug, "published": "2026-02-20"}):
        site[0].change(2, title="Another title", **changes)
        for subscriber, rows in zip(subscribers, before, strict=True):
            subscriber.reload()
            assert subscriber.rows() == rows
            assert subscriber.items()[f"tag:{AUTHORITY}:entry-id-text-2"][:1] == ("Another title",)


def test_withdrawal_replaces_the_stored_text(site: tuple[Site, Served], subscribers: list[Subscriber]) -> None:
    """After a withdrawal the stored item has the same id and only the withdrawal notice."""
    key = f"tag:{AUTHORITY}:entry-id-text-2"
    assert all("What text 2 says" in subscriber.items()[key][2] for subscriber in subscribers)
    before = [subscriber.rows() for subscriber in subscribers]
    site[0].withdraw(2)
    for subscriber, rows in zip(subscribers, before, strict=True):
        subscriber.reload()
        assert subscriber.rows() == rows
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
