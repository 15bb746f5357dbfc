"""Give access to the feeds and files of a built site."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from tests.feeds.reading import SeenFeed, SeenItem, feed_paths, read


class Published(Struct, frozen=True, dict=True):
    """A built site.

    Attributes:
        output: its folder.
        url: its ``SITEURL``.
        authority: tagging entity of the ids.
        hub: the hub of its feeds, or "".
    """

    output: Path
    url: str
    authority: str
    hub: str = ""

    @cached_property
    def feeds(self) -> tuple[SeenFeed, ...]:
        """All documents of all feeds."""
        return tuple(read(self.output, path) for path in feed_paths(self.output))

    @property
    def subscribed(self) -> tuple[SeenFeed, ...]:
        """The subscription documents."""
        return tuple(feed for feed in self.feeds if not feed.is_archive)

    def file(self, address: str) -> Path:
        """Return the file at an absolute address of the site; it may not exist."""
        path = urlsplit(address).path.removeprefix(urlsplit(self.url).path).lstrip("/")
        return self.output / (f"{path}index.html" if path == "" or path.endswith("/") else path)

    def has(self, address: str) -> bool:
        """Return whether the site has ``address``."""
        return address.startswith(f"{self.url}/") and self.file(address).is_file()


def is_gone(item: SeenItem) -> bool:
    """Return whether an item reports that its entry was withdrawn or has expired."""
    return item.title == "No longer available"
