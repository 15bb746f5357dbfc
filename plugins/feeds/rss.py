"""RSS: a document of a feed as RSS 2.0, after the profile of the RSS Advisory Board."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.item_cache import Pieces
from plugins.feeds.items import FeedItem
from plugins.feeds.metadata import IMAGE, IMAGE_SIZE, Masthead
from plugins.feeds.syndication import (
    ATOM,
    CONTENT,
    DUBLIN_CORE,
    MEDIA,
    Feed,
    FeedgenEntry,
    add,
    document_bytes,
    entry_bytes,
    with_entries,
)

_TITLE = re.compile(rb"<title>[^<]+</title>")


class RssEntry(FeedgenEntry):
    """An item of RSS."""

    def __init__(self, item: FeedItem) -> None:
        super().__init__(item)
        # A description is HTML, so the characters of plain text must not be taken for markup.
        self.description(escape(item.summary, quote=False))
        self.content(item.html)

    def rss_entry(self, extensions: bool = True) -> etree._Element:  # noqa: FBT001, FBT002 - feedgen's signature
        """Return the item, with its author's name and its last change, for which RSS has no elements of its own."""
        element: etree._Element = super().rss_entry(extensions)
        if self.item.author is not None:
            add(element, DUBLIN_CORE, "creator", self.item.author.name)
        add(element, ATOM, "updated", self.item.updated.isoformat())
        return element


def render(channel: Channel, document: FeedDocument, masthead: Masthead, pieces: Pieces) -> bytes:
    """Return ``document`` of ``channel`` as RSS 2.0."""
    feed = Feed(channel, document, masthead, "rss")
    feed.ttl(masthead.settings.ttl)
    feed.image(masthead.address(IMAGE), channel.title, feed.addresses.page, str(IMAGE_SIZE), str(IMAGE_SIZE))
    root, _ = feed._create_rss()  # noqa: SLF001 - feedgen has no public name for the tree
    items = pieces.of(document.items, masthead.site.language, _piece)
    return with_entries(_titled(document_bytes(root, masthead)), items, b"</channel></rss>\n")


def _piece(item: FeedItem, _language: str) -> bytes:
    prefixes = {"media": MEDIA, "dc": DUBLIN_CORE, "atom": ATOM, "content": CONTENT}
    return _titled(entry_bytes(RssEntry(item).rss_entry(), prefixes))


def _titled(data: bytes) -> bytes:
    return _TITLE.sub(_spelled_out, data)


def _spelled_out(title: re.Match[bytes]) -> bytes:
    """The profile asks for these spellings, which readers that take titles for HTML understand too; lxml has others."""
    return title[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")
