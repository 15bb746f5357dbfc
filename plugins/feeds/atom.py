"""Render a feed document as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from lxml import etree

from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.feedgen_extension import MEDIA, Feed, FeedgenEntry, document_bytes, entry_bytes, with_entries
from plugins.feeds.item_cache import ItemCache
from plugins.feeds.items import FeedItem
from plugins.feeds.metadata import FeedMetadata


class AtomEntry(FeedgenEntry):
    """An Atom entry."""

    def __init__(self, item: FeedItem) -> None:
        super().__init__(item)
        self.summary(item.summary)
        self.content(item.html, type="html")
        if item.author is not None:
            author = {"name": item.author.name, "uri": item.author.url}
            self.author({key: value for key, value in author.items() if value})

    def atom_entry(self, extensions: bool = True) -> etree._Element:  # noqa: FBT001, FBT002 - feedgen's signature
        """Return the entry with every attribute of its links."""
        element: etree._Element = super().atom_entry(extensions)
        for link_element, link in zip(element.findall("link"), self.link(), strict=True):
            link_element.attrib.update(link)
        return element


def render(channel: Channel, document: FeedDocument, metadata: FeedMetadata, item_cache: ItemCache) -> bytes:
    """Return ``document`` of ``channel`` as Atom 1.0."""
    root, _ = Feed(channel, document, metadata, "atom")._create_atom()  # noqa: SLF001 - as in rss.py
    entries = item_cache.render(document.items, metadata.site.language, render_item)
    return with_entries(document_bytes(root, metadata), entries, b"</feed>\n")


def render_item(item: FeedItem, _language: str) -> bytes:
    """Return ``item`` as an entry; see ``RenderItem``."""
    return entry_bytes(AtomEntry(item).atom_entry(), {"media": MEDIA})
