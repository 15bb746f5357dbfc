"""Provide the metadata that all feeds share, and the addresses of a feed document."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from plugins.base.fingerprint import FingerprintOnce
from plugins.engine.settings import SiteSettings
from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import FOLDER, Channel
from plugins.feeds.feed_html import plain
from plugins.feeds.items import tag
from plugins.feeds.settings import FeedSettings

GENERATOR = "Pelican"
GENERATOR_URL = "https://getpelican.com/"
STYLESHEET = f"{FOLDER}feed.css"
#: Square, for JSON Feed and Atom (RFC 4287, section 4.2.5).
ICON = f"{FOLDER}icon.png"
#: Twice as wide as high (RFC 4287, section 4.2.8).
LOGO = f"{FOLDER}logo.png"
#: At most 144 pixels wide (RSS 2.0).
IMAGE = f"{FOLDER}image.png"
IMAGE_SIZE = 144
#: Files of this package that are published unchanged.
FILES = (STYLESHEET, ICON, LOGO, IMAGE)

Format = Literal["rss", "atom", "json"]
SUFFIXES: dict[Format, str] = {"rss": ".rss.xml", "atom": ".atom.xml", "json": ".json"}
MEDIA_TYPES: dict[Format, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
#: The formats of archives.
ARCHIVE_FORMATS: tuple[Format, ...] = ("rss", "atom")
NAMES: dict[Format, str] = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


class FeedMetadata(FingerprintOnce, Struct, frozen=True):
    """The metadata that all feeds share.

    Attributes:
        site: the site's name, language and addresses.
        settings: the feed settings.
        subscribe: permalink of the page that explains feeds.
    """

    site: SiteSettings
    settings: FeedSettings
    subscribe: str

    @property
    def publisher(self) -> str:
        """The site's name, which is the author of items without one."""
        return plain(self.site.name)

    @property
    def per_day(self) -> int:
        """How many times a day a reader may fetch a feed."""
        return max(1, 24 * 60 // self.settings.ttl)

    def address(self, permalink: str) -> str:
        """Return the absolute address of ``permalink``."""
        return self.site.absolute(permalink)

    def id(self, channel: Channel) -> str:
        """Return the permanent id of a feed, which its archives share."""
        return tag(self.settings.authority, f"feeds/{channel.name}")

    def changed(self, document: FeedDocument) -> dt.datetime:
        """Return the last change of any item of ``document``; without items the start of the authority's day."""
        return max((item.updated for item in document.items), default=self.settings.minted)


class DocumentAddresses(Struct, frozen=True):
    """The absolute addresses of one feed document in one format.

    Attributes:
        own: of the document.
        current: of the subscription document.
        previous: of the archive with the next older items, or "".
        following: of the archive with the next newer items, or "".
        page: of the page that lists the same entries.
    """

    own: str
    current: str
    previous: str
    following: str
    page: str

    @classmethod
    def of(cls, channel: Channel, document: FeedDocument, metadata: FeedMetadata, form: Format) -> DocumentAddresses:
        """Return the addresses of ``document``."""
        suffix = SUFFIXES[form]

        def archive(name: str) -> str:
            return metadata.address(channel.permalink(suffix, name)) if name else ""

        return cls(
            own=metadata.address(channel.permalink(suffix, document.name)),
            current=metadata.address(channel.permalink(suffix)),
            previous=archive(document.previous),
            following=archive(document.following),
            page=metadata.address(channel.page),
        )
