"""Parse the three feed formats strictly into one form."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct, field

NAMESPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
FORMS = {".rss.xml": "rss", ".atom.xml": "atom", ".json": "json"}


class SeenItem(Struct, frozen=True):
    """The fields of an item; a missing field is "" or None."""

    id: str
    title: str
    url: str
    published: dt.datetime | None
    updated: dt.datetime | None
    author: str
    categories: tuple[str, ...]
    summary: str
    html: str
    enclosure: tuple[str, str, str] | None = None
    thumbnail: tuple[str, str, str] | None = None
    permalink_guid: str = "false"


class SeenFeed(Struct, frozen=True):
    """The fields of a feed document.

    Attributes:
        path: of the file, relative to the output folder.
        form: ``rss``, ``atom`` or ``json``.
        data: the bytes of the file.
        links: addresses by relation.
        says: other fields of the feed, by a name that the formats share.
        tombstones: instants by id.
    """

    path: str
    form: str
    data: bytes
    items: tuple[SeenItem, ...]
    links: Mapping[str, str]
    says: Mapping[str, str]
    updated: dt.datetime | None = None
    tombstones: Mapping[str, str] = field(default_factory=dict)
    instructions: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The path without its suffix, which is the same for the three formats of a document."""
        return next(self.path.removesuffix(suffix) for suffix in FORMS if self.path.endswith(suffix))

    @property
    def is_archive(self) -> bool:
        """Whether this is an archive, by its address."""
        return Path(self.path).name.startswith("archive-")


def feed_paths(output: Path) -> list[str]:
    """Return the paths of all feed documents, relative to ``output``."""
    found = (file.relative_to(output).as_posix() for file in (output / "feeds").rglob("*") if file.is_file())
    return sorted(path for path in found if path.endswith(tuple(FORMS)))


def read(output: Path, path: str) -> SeenFeed:
    """Return the feed document at ``path`` below ``output``."""
    return _read(path, (output / path).read_bytes())


@cache
def _read(path: str, data: bytes) -> SeenFeed:
    """Parse a document, cached because many copies of a site contain it."""
    form = next(form for suffix, form in FORMS.items() if path.endswith(suffix))
    return {"rss": _rss, "atom": _atom, "json": _json}[form](path, data)


def _rss(path: str, data: bytes) -> SeenFeed:
    tree, channel = _parse(data), _parse(data)[0]
    links = {link.get("rel", ""): link.get("href", "") for link in channel.findall("a:link", NAMESPACES)}
    last = _text(channel, "lastBuildDate")
    return SeenFeed(
        path=path,
        form="rss",
        data=data,
        items=tuple(map(_rss_item, channel.findall("item"))),
        links={**links, "alternate": _text(channel, "link")},
        says={
            "title": _text(channel, "title"),
            "description": _text(channel, "description"),
            "language": _text(channel, "language"),
            "rights": _text(channel, "copyright"),
            "logo": _text(channel, "image/url"),
            "ttl": _text(channel, "ttl"),
            "generator": _text(channel, "generator"),
            **_shared(channel),
        },
        updated=parsedate_to_datetime(last) if last else None,
        instructions=_instructions(tree),
    )


def _rss_item(item: etree._Element) -> SeenItem:
    guid, enclosure = item.find("guid"), item.find("enclosure")
    published, updated = _text(item, "pubDate"), _text(item, "a:updated")
    return SeenItem(
        id=_text(item, "guid"),
        title=_text(item, "title"),
        url=_text(item, "link"),
        published=parsedate_to_datetime(published) if published else None,
        updated=dt.datetime.fromisoformat(updated) if updated else None,
        author=_text(item, "dc:creator"),
        categories=tuple(str(category.text) for category in item.findall("category")),
        summary=unescape(_text(item, "description")),
        html=_text(item, "content:encoded"),
        enclosure=None if enclosure is None else _three(enclosure, "url", "length", "type"),
        thumbnail=_thumbnail(item),
        permalink_guid="" if guid is None else guid.get("isPermaLink", "true"),
    )


def _atom(path: str, data: bytes) -> SeenFeed:
    feed = _parse(data)
    links = {link.get("rel", "alternate"): link.get("href", "") for link in feed.findall("a:link", NAMESPACES)}
    updated = _text(feed, "a:updated")
    return SeenFeed(
        path=path,
        form="atom",
        data=data,
        items=tuple(map(_atom_item, feed.findall("a:entry", NAMESPACES))),
        links=links,
        says={
            "id": _text(feed, "a:id"),
            "title": _text(feed, "a:title"),
            "description": _text(feed, "a:subtitle"),
            "language": feed.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
            "rights": _text(feed, "a:rights"),
            "icon": _text(feed, "a:icon"),
            "logo": _text(feed, "a:logo"),
            "generator": _text(feed, "a:generator"),
            **_shared(feed),
        },
        updated=dt.datetime.fromisoformat(updated) if updated else None,
        tombstones={
            stone.get("ref", ""): stone.get("when", "") for stone in feed.findall("at:deleted-entry", NAMESPACES)
        },
        instructions=_instructions(feed),
    )


def _atom_item(entry: etree._Element) -> SeenItem:
    links = {link.get("rel", "alternate"): link for link in entry.findall("a:link", NAMESPACES)}
    enclosure = links.get("enclosure")
    published, updated = _text(entry, "a:published"), _text(entry, "a:updated")
    return SeenItem(
        id=_text(entry, "a:id"),
        title=_text(entry, "a:title"),
        url=links["alternate"].get("href", "") if "alternate" in links else "",
        published=dt.datetime.fromisoformat(published) if published else None,
        updated=dt.datetime.fromisoformat(updated) if updated else None,
        author=_text(entry, "a:author/a:name"),
        categories=tuple(category.get("label", "") for category in entry.findall("a:category", NAMESPACES)),
        summary=_text(entry, "a:summary"),
        html=_text(entry, "a:content[@type='html']"),
        enclosure=None if enclosure is None else _three(enclosure, "href", "length", "type"),
        thumbnail=_thumbnail(entry),
    )


def _json(path: str, data: bytes) -> SeenFeed:
    feed = json.loads(data)
    links = {"self": feed.get("feed_url", ""), "alternate": feed.get("home_page_url", "")}
    if "next_url" in feed:
        links["prev-archive"] = feed["next_url"]
    if "hubs" in feed:
        links["hub"] = feed["hubs"][0]["url"]
    names = ("title", "description", "language", "icon")
    return SeenFeed(
        path, "json", data, tuple(map(_json_item, feed["items"])), links, {key: feed.get(key, "") for key in names}
    )


def _json_item(item: dict[str, Any]) -> SeenItem:
    attachment = item.get("attachments", [None])[0]
    return SeenItem(
        id=item["id"],
        title=item.get("title", ""),
        url=item.get("url", ""),
        published=dt.datetime.fromisoformat(item["date_published"]) if "date_published" in item else None,
        updated=dt.datetime.fromisoformat(item["date_modified"]) if "date_modified" in item else None,
        author=item.get("authors", [{}])[0].get("name", ""),
        categories=tuple(item.get("tags", ())),
        summary=item.get("summary", ""),
        html=item.get("content_html", ""),
        enclosure=attachment and (attachment["url"], str(attachment["size_in_bytes"]), attachment["mime_type"]),
        thumbnail=(item["image"], "", "") if "image" in item else None,
    )


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _shared(feed: etree._Element) -> dict[str, str]:
    return {
        "period": _text(feed, "sy:updatePeriod"),
        "frequency": _text(feed, "sy:updateFrequency"),
        "archive": "yes" if feed.find("fh:archive", NAMESPACES) is not None else "no",
    }


def _thumbnail(item: etree._Element) -> tuple[str, str, str] | None:
    found = item.find("media:thumbnail", NAMESPACES)
    return None if found is None else _three(found, "url", "width", "height")


def _three(element: etree._Element, first: str, second: str, third: str) -> tuple[str, str, str]:
    return element.get(first, ""), element.get(second, ""), element.get(third, "")


def _instructions(root: etree._Element) -> tuple[str, ...]:
    before = root.itersiblings(etree.PI, preceding=True)
    return tuple(etree.tostring(node, encoding="unicode", with_tail=False).strip("<?>") for node in before)


def _text(parent: etree._Element, path: str) -> str:
    found = parent.find(path, NAMESPACES)
    return (found.text or "") if found is not None else ""
