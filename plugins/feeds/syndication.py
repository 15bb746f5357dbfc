"""Syndication: feedgen with its faults cured, for what RSS and Atom have in common.

feedgen 1.0 drops all but the address of an Atom entry's links, so that an enclosure becomes a second page; writes no
RSS link but the feed's own; loses an author without an e-mail address in RSS; spells the names of the syndication
module wrongly; and knows neither archives nor tombstones nor a style sheet. The classes here say what it cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.items import FeedItem, instant
from plugins.feeds.metadata import (
    GENERATOR,
    GENERATOR_URL,
    ICON,
    LOGO,
    MEDIA_TYPES,
    STYLESHEET,
    DocumentAddresses,
    Format,
    Masthead,
)

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def add(parent: etree._Element, namespace: str, name: str, text: str | None = None, **attributes: str) -> None:
    """Add an element to ``parent``."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    element.text = text


class EntryMedia(BaseEntryExtension):  # type: ignore[misc]
    """The thumbnail of an item, by the Media RSS module; feedgen's own would wrap it in a group."""

    item: FeedItem

    def extend_rss(self, entry: etree._Element) -> etree._Element:
        """Add the thumbnail."""
        image = self.item.image
        if image is not None:
            add(entry, MEDIA, "thumbnail", url=image.url, width=str(image.width), height=str(image.height))
        return entry

    extend_atom = extend_rss


class FeedParts(BaseExtension):  # type: ignore[misc]
    """What a document of a feed says of itself besides what feedgen writes."""

    document: FeedDocument
    masthead: Masthead
    form: Format
    links: list[dict[str, str]]

    def extend_ns(self) -> dict[str, str]:
        """Return the prefixes of the modules in use."""
        spaces = {"media": MEDIA, "sy": SYNDICATION}
        if self.document.name:
            spaces["fh"] = HISTORY
        if self.form == "rss":
            spaces["dc"] = DUBLIN_CORE
        elif any(item.withdrawn_on for item in self.document.items):
            spaces["at"] = TOMBSTONES
        return spaces

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add to a channel the links that feedgen leaves out of RSS, and how often to ask."""
        for link in self.links:
            if link["rel"] != "self":
                add(feed[0], ATOM, "link", **link)
        self._add_history(feed[0])
        return feed

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Add to a feed how often to ask, and what was withdrawn (RFC 6721, section 3)."""
        self._add_history(feed)
        for item in self.document.items:
            if item.withdrawn_on is not None:
                add(feed, TOMBSTONES, "deleted-entry", ref=item.id, when=instant(item.withdrawn_on).isoformat())
        return feed

    def _add_history(self, feed: etree._Element) -> None:
        add(feed, SYNDICATION, "updatePeriod", "daily")
        add(feed, SYNDICATION, "updateFrequency", str(self.masthead.per_day))
        if self.document.name:
            add(feed, HISTORY, "archive")


class FeedgenEntry(FeedEntry):  # type: ignore[misc]
    """An entry made of an item.

    Args:
        item: what it says.
    """

    def __init__(self, item: FeedItem) -> None:
        super().__init__()
        self.item = item
        self.register_extension("thumbnail", EntryMedia)
        self.thumbnail.item = item
        self.id(item.id)
        self.title(item.title)
        self.published(item.published)
        self.updated(item.updated)
        self.link(href=item.url, rel="alternate", type="text/html")
        if item.image is not None:
            self.enclosure(item.image.url, item.image.length, item.image.media_type)
        for category in item.categories:
            self.category(term=category.key, label=category.name, scheme=category.scheme)


class Feed(FeedGenerator):  # type: ignore[misc]
    """A document of a feed, in either format of XML, without its entries: those are made once for all documents.

    Args:
        channel: the feed.
        document: the part of it.
        masthead: what every feed says.
        form: ``rss`` or ``atom``.
    """

    def __init__(self, channel: Channel, document: FeedDocument, masthead: Masthead, form: Format) -> None:
        super().__init__()
        self.addresses = DocumentAddresses.of(channel, document, masthead, form)
        self.register_extension("parts", FeedParts)
        self.parts.document = document
        self.parts.masthead = masthead
        self.parts.form = form
        self.parts.links = links(self.addresses, document, masthead, form)
        self.id(masthead.id(channel))
        self.title(channel.title)
        self.subtitle(channel.description)
        self.description(channel.description)
        self.language(masthead.site.language)
        self.rights(masthead.settings.rights)
        self.generator(GENERATOR, uri=GENERATOR_URL)
        self.icon(masthead.address(ICON))
        self.logo(masthead.address(LOGO))
        self.author(name=masthead.publisher, uri=masthead.address("/"))
        self.updated(masthead.changed(document))
        for link in self.parts.links:
            self.link(**link)
        # Last, because feedgen takes the last link for the channel's own.
        self.link(href=self.addresses.page, rel="alternate", type="text/html")


def links(
    addresses: DocumentAddresses, document: FeedDocument, masthead: Masthead, form: Format
) -> list[dict[str, str]]:
    """Return a document's links: itself, the hub (WebSub, section 4), and its neighbours (RFC 5005, section 4)."""
    media_type = MEDIA_TYPES[form]
    found = [{"href": addresses.own, "rel": "self", "type": media_type}]
    if document.name:
        found.append({"href": addresses.current, "rel": "current", "type": media_type})
    elif masthead.settings.hub:
        found.append({"href": masthead.settings.hub, "rel": "hub"})
    if addresses.previous:
        found.append({"href": addresses.previous, "rel": "prev-archive", "type": media_type})
    return found


def document_bytes(root: etree._Element, masthead: Masthead) -> bytes:
    """Return the bytes of the feed whose root is ``root``, led by an instruction that names the style sheet.

    Browsers are giving up XSLT; a feed with a style sheet of CSS shows as a page that people can read. Its address is
    root-relative, because a browser applies no style sheet from another origin, which a preview's address would be.
    """
    address = escape(masthead.site.href(STYLESHEET))
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{address}"'))
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True) + b"\n"


def entry_bytes(entry: etree._Element, prefixes: Mapping[str, str]) -> bytes:
    """Return the bytes of ``entry`` as they stand in a document whose root declares ``prefixes``."""
    root = etree.Element("root", nsmap=dict(prefixes))
    root.append(entry)
    data: bytes = etree.tostring(root, encoding="UTF-8")
    return data[data.index(b">") + 1 : data.rindex(b"<")]


def with_entries(document: bytes, entries: Iterable[bytes], closing: bytes) -> bytes:
    """Return ``document``, which ends with the tags ``closing``, with ``entries`` before them, as feedgen has them."""
    return b"".join((document.removesuffix(closing), *entries, closing))
