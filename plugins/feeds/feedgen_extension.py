"""Extend feedgen with the elements that RSS and Atom feeds need and feedgen 1.0 lacks.

feedgen 1.0 writes only the address of an Atom entry's links, so an enclosure becomes a second page. In RSS it writes no
link but the feed's own, and no author without an e-mail address. It misspells the names of the syndication module. It
has no support for archives, tombstones and style sheets.
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
from plugins.feeds.items import FeedItem
from plugins.feeds.metadata import (
    GENERATOR,
    GENERATOR_URL,
    ICON,
    LOGO,
    MEDIA_TYPES,
    STYLESHEET,
    DocumentAddresses,
    FeedMetadata,
    Format,
)

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
XHTML = "http://www.w3.org/1999/xhtml"
#: The words of the links from a feed to its page, and to the page that explains feeds.
_AS_PAGE, _HOW_TO_FOLLOW = "These texts on our site", "How to follow this site"


def add(parent: etree._Element, namespace: str, name: str, text: str | None = None, **attributes: str) -> None:
    """Append an element to ``parent``."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    element.text = text


class EntryMedia(BaseEntryExtension):  # type: ignore[misc]
    """Adds the Media RSS thumbnail of an item without the group that feedgen's own extension wraps it in."""

    item: FeedItem

    def extend_rss(self, entry: etree._Element) -> etree._Element:
        """Add the thumbnail."""
        image = self.item.image
        if image is not None:
            add(entry, MEDIA, "thumbnail", url=image.url, width=str(image.width), height=str(image.height))
        return entry

    extend_atom = extend_rss


class FeedElements(BaseExtension):  # type: ignore[misc]
    """Adds the elements of a feed that feedgen does not write."""

    document: FeedDocument
    metadata: FeedMetadata
    form: Format
    page: str
    links: list[dict[str, str]]

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces of the document, by prefix."""
        namespaces = {"media": MEDIA, "sy": SYNDICATION}
        if self.document.name:
            namespaces["fh"] = HISTORY
        if self.form == "rss":
            namespaces["dc"] = DUBLIN_CORE
        elif any(item.withdrawn_on for item in self.document.items):
            namespaces["at"] = TOMBSTONES
        return namespaces

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the links that feedgen omits in RSS, those for browsers, and the update interval."""
        for link in self.links:
            if link["rel"] != "self":
                add(feed[0], ATOM, "link", **link)
        self._add_page_links(feed[0])
        self._add_history(feed[0])
        return feed

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Add the links for browsers, the update interval and the tombstones (RFC 6721, section 3)."""
        self._add_page_links(feed)
        self._add_history(feed)
        for item in self.document.items:
            if item.withdrawn_on is not None:
                add(feed, TOMBSTONES, "deleted-entry", ref=item.id, when=item.updated.isoformat())
        return feed

    def _add_page_links(self, feed: etree._Element) -> None:
        """Add links that work where a browser shows the feed with its CSS.

        They stand together before the items, because the W3C validator allows XHTML nowhere else. Feed readers ignore
        it.
        """
        items = (item for item in self.document.items if item.withdrawn_on is None)
        links = [
            (_AS_PAGE, self.page),
            (_HOW_TO_FOLLOW, self.metadata.address(self.metadata.subscribe)),
            *((item.title, item.url) for item in items),
        ]
        box = etree.SubElement(feed, f"{{{XHTML}}}div", nsmap={None: XHTML})  # type: ignore[dict-item]
        rows = etree.SubElement(box, f"{{{XHTML}}}ul")
        for text, address in links:
            add(etree.SubElement(rows, f"{{{XHTML}}}li"), XHTML, "a", text, href=address)

    def _add_history(self, feed: etree._Element) -> None:
        add(feed, SYNDICATION, "updatePeriod", "daily")
        add(feed, SYNDICATION, "updateFrequency", str(self.metadata.per_day))
        if self.document.name:
            add(feed, HISTORY, "archive")


class FeedgenEntry(FeedEntry):  # type: ignore[misc]
    """A feedgen entry with the fields that RSS and Atom share.

    Args:
        item: the item to render.
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
    """An RSS or Atom document without its entries, which are rendered once for all documents.

    Args:
        channel: the feed.
        document: the document of the feed.
        metadata: shared by all feeds.
        form: ``rss`` or ``atom``.
    """

    def __init__(self, channel: Channel, document: FeedDocument, metadata: FeedMetadata, form: Format) -> None:
        super().__init__()
        self.addresses = DocumentAddresses.of(channel, document, metadata, form)
        self.register_extension("parts", FeedElements)
        self.parts.document = document
        self.parts.metadata = metadata
        self.parts.form = form
        self.parts.page = self.addresses.page
        self.parts.links = links(self.addresses, document, metadata, form)
        self.id(metadata.id(channel))
        self.title(channel.title)
        self.subtitle(channel.description)
        self.description(channel.description)
        self.language(metadata.site.language)
        self.rights(metadata.settings.rights)
        self.generator(GENERATOR, uri=GENERATOR_URL)
        self.icon(metadata.address(ICON))
        self.logo(metadata.address(LOGO))
        self.author(name=metadata.publisher, uri=metadata.address("/"))
        self.updated(metadata.changed(document))
        for link in self.parts.links:
            self.link(**link)
        # feedgen uses the last link as the channel's own.
        self.link(href=self.addresses.page, rel="alternate", type="text/html")


def links(
    addresses: DocumentAddresses, document: FeedDocument, metadata: FeedMetadata, form: Format
) -> list[dict[str, str]]:
    """Return a document's links: to itself, the hub (WebSub, section 4) and other documents (RFC 5005, section 4)."""
    media_type = MEDIA_TYPES[form]
    found = [{"href": addresses.own, "rel": "self", "type": media_type}]
    if document.name:
        found.append({"href": addresses.current, "rel": "current", "type": media_type})
    elif metadata.settings.hub:
        found.append({"href": metadata.settings.hub, "rel": "hub"})
    if addresses.previous:
        found.append({"href": addresses.previous, "rel": "prev-archive", "type": media_type})
    if addresses.following:
        found.append({"href": addresses.following, "rel": "next-archive", "type": media_type})
    return found


def document_bytes(root: etree._Element, metadata: FeedMetadata) -> bytes:
    """Return the bytes of the feed with the given root element, with an ``xml-stylesheet`` instruction.

    The style sheet is CSS, because browsers are removing XSLT. Its address is root-relative, because browsers do not
    apply a style sheet from another origin, which ``SITEURL`` is in a preview.
    """
    address = escape(metadata.site.href(STYLESHEET))
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{address}"'))
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True) + b"\n"


def entry_bytes(entry: etree._Element, prefixes: Mapping[str, str]) -> bytes:
    """Return the bytes of ``entry`` for a document whose root element declares ``prefixes``."""
    root = etree.Element("root", nsmap=dict(prefixes))
    root.append(entry)
    data: bytes = etree.tostring(root, encoding="UTF-8")
    return data[data.index(b">") + 1 : data.rindex(b"<")]


def with_entries(document: bytes, entries: Iterable[bytes], closing: bytes) -> bytes:
    """Return ``document`` with ``entries`` inserted before ``closing``, the tags at its end."""
    return b"".join((document.removesuffix(closing), *entries, closing))
