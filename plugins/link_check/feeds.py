"""Check the feeds of a built site: they parse, their links lead to files, their items have ids."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree
from msgspec import Struct

from plugins.link_check.built_site import BuiltPage, BuiltSite
from plugins.link_check.violation import Violation

_FOLDER = "feeds/"
_ATOM = "{http://www.w3.org/2005/Atom}"
#: Relations of links between the documents of a feed: RFC 5005, RFC 4287.
_DOCUMENTS = frozenset({"self", "current", "prev-archive", "next-archive", "first", "last", "previous", "next"})


class _Feed(Struct, frozen=True):
    """The parts of a feed document that are checked.

    Attributes:
        own: its own address as given in it, or "" if there is none.
        links: the addresses of other documents and of the pages of its items.
        ids: the ids of its items.
    """

    own: str
    links: Sequence[str]
    ids: Sequence[str]


def check(site: BuiltSite) -> Iterator[Violation]:
    """Yield the violations in the feeds of the site."""
    home = BuiltPage("index.html", b"")
    for path in sorted(path for path in site.files if path.startswith(_FOLDER) and path.endswith((".xml", ".json"))):
        address = f"/{path}"
        try:
            feed = _read(path, (site.folder / path).read_bytes())
        except (etree.XMLSyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
            yield Violation(address, "feed-broken", "", f"no feed reader can read it: {error}")
            continue
        if feed.own and feed.own != f"{site.url}/{path}":
            yield Violation(address, "feed-address", feed.own, f"it stands at {site.url}/{path}")
        for link in feed.links:
            if site.is_own(link) and site.target(home, link) is None:
                yield Violation(address, "feed-link", link, "there is no such file")
        for name, count in Counter(feed.ids).items():
            if count > 1 or not name:
                yield Violation(
                    address, "feed-id", name, "an item has no id" if not name else f"{count} items have this id"
                )


def _read(path: str, data: bytes) -> _Feed:
    """Parse a feed document.

    Raises:
        ValueError: if the document is not of a kind that the site publishes.
        etree.XMLSyntaxError: if it is not XML.
    """
    if path.endswith(".json"):
        return _json(json.loads(data))
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.tag == f"{_ATOM}feed":
        return _atom(root)
    if root.tag == "rss":
        return _rss(root)
    if root.tag == "opml":
        return _Feed("", [str(outline.get("xmlUrl")) for outline in root.iter("outline") if outline.get("xmlUrl")], ())
    raise ValueError(f"it begins with <{root.tag}>")


def _atom(root: etree._Element) -> _Feed:
    links = {str(link.get("rel")): str(link.get("href")) for link in root.findall(f"{_ATOM}link")}
    entries = root.findall(f"{_ATOM}entry")
    about = [
        str(link.get("href")) for entry in entries for link in entry.findall(f"{_ATOM}link")
        if link.get("rel", "alternate") == "alternate"
    ]  # fmt: skip
    others = [href for rel, href in links.items() if rel in _DOCUMENTS]
    return _Feed(links["self"], [*others, *about], [entry.findtext(f"{_ATOM}id", "") for entry in entries])


def _rss(root: etree._Element) -> _Feed:
    links = {str(link.get("rel")): str(link.get("href")) for link in root.findall(f"channel/{_ATOM}link")}
    items = root.findall("channel/item")
    about = [link for item in items if (link := item.findtext("link"))]
    others = [href for rel, href in links.items() if rel in _DOCUMENTS]
    return _Feed(links["self"], [*others, *about], [item.findtext("guid", "") for item in items])


def _json(data: dict[str, object]) -> _Feed:
    items = data["items"]
    if not isinstance(items, list):
        raise ValueError("its items are no list")  # noqa: TRY004 - as every other mistake in it
    about = [str(item["url"]) for item in items if item.get("url")]
    own = str(data["feed_url"])
    return _Feed(own, [own, *about], [str(item["id"]) for item in items])
