"""Atom: a document of a feed as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from lxml import etree

from plugins.feeds.archives import Document
from plugins.feeds.channels import Channel
from plugins.feeds.items import Item
from plugins.feeds.masthead import Masthead
from plugins.feeds.pieces import Pieces
from plugins.feeds.syndication import MEDIA, Entry, Feed, document_bytes, entry_bytes, with_entries


class AtomEntry(Entry):
    """An entry of Atom."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.summary(item.summary)
        self.content(item.html, type="html")
        if item.author is not None:
            author = {"name": item.author.name, "uri": item.author.url}
            self.author({key: value for key, value in author.items() if value})

    def atom_entry(self, extensions: bool = True) -> etree._Element:  # noqa: FBT001, FBT002 - feedgen's signature
        """Return the entry, its links whole."""
        element: etree._Element = super().atom_entry(extensions)
        for found, link in zip(element.findall("link"), self.link(), strict=True):
            found.attrib.update(link)
        return element


def render(channel: Channel, document: Document, masthead: Masthead, pieces: Pieces) -> bytes:
    """Return ``document`` of ``channel`` as Atom 1.0."""
    root, _ = Feed(channel, document, masthead, "atom")._create_atom()  # noqa: SLF001 - as in rss.py
    entries = pieces.of(document.items, masthead.site.language, _piece)
    return with_entries(document_bytes(root, masthead), entries, b"</feed>\n")


def _piece(item: Item, _language: str) -> bytes:
    return entry_bytes(AtomEntry(item).atom_entry(), {"media": MEDIA})
