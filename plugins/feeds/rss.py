"""Render a feed document as RSS 2.0, following the profile of the RSS Advisory Board."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.feedgen_extension import (
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
from plugins.feeds.item_cache import ItemCache
from plugins.feeds.items import FeedItem
from plugins.feeds.metadata import IMAGE, IMAGE_SIZE, FeedMetadata

_TITLE = re.compile(rb"<title>[^<]+</title>")


class RssEntry(FeedgenEntry):
    """An RSS item."""

    def __init__(self, item: FeedItem) -> None:
        super().__init__(item)
        # Readers parse a description as HTML.
        self.description(escape(item.summary, quote=False))
        self.content(item.html)

    def rss_entry(self, extensions: bool = True) -> etree._Element:  # noqa: FBT001, FBT002 - feedgen's signature
        """Return the item with its author's name and its last change, for which RSS 2.0 has no elements."""
        element: etree._Element = super().rss_entry(extensions)
        if self.item.author is not None:
            add(element, DUBLIN_CORE, "creator", self.item.author.name)
        add(element, ATOM, "updated", self.item.updated.isoformat())
        return element


def render(channel: Channel, document: FeedDocument, metadata: FeedMetadata, item_cache: ItemCache) -> bytes:
    """Return ``document`` of ``channel`` as RSS 2.0."""
    feed = Feed(channel, document, metadata, "rss")
    feed.ttl(metadata.settings.ttl)
    feed.image(metadata.address(IMAGE), channel.title, feed.addresses.page, str(IMAGE_SIZE), str(IMAGE_SIZE))
    root, _ = feed._create_rss()  # noqa: SLF001 - feedgen has no public name for the tree
    items = item_cache.render(document.items, metadata.site.language, render_item)
    return with_entries(_escape_titles(document_bytes(root, metadata)), items, b"</channel></rss>\n")


def render_item(item: FeedItem, _language: str) -> bytes:
    """Return ``item`` as an RSS item; see ``RenderItem``."""
    prefixes = {"media": MEDIA, "dc": DUBLIN_CORE, "atom": ATOM, "content": CONTENT}
    return _escape_titles(entry_bytes(RssEntry(item).rss_entry(), prefixes))


def _escape_titles(data: bytes) -> bytes:
    return _TITLE.sub(_numeric_references, data)


def _numeric_references(title: re.Match[bytes]) -> bytes:
    """Replace named character references by numeric ones, as the profile requires for readers that parse HTML."""
    return title[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;").replace(b"&gt;", b"&#x3E;")
