"""Find the requests that feeds, JSON, SVG and host rules cause."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Protocol

from lxml import etree

from plugins.privacy_receipt import markup, scripts, styles
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.feed_splitter import SplitFeed, split_json, split_xml
from plugins.privacy_receipt.findings import NOTHING, Findings
from plugins.privacy_receipt.origin import SiteOrigin

_WHOLE_ADDRESS = re.compile(r"\s*(?:https?:)?//\S+\s*", re.IGNORECASE)
_ANY_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
#: Matches the system identifier at the end of a document type declaration.
_SYSTEM = re.compile(r"""["']([^"']*)["']\s*>?$""")
#: The start of a module that holds data only.
_EXPORT = "export default "
_HREF = re.compile(r"""href\s*=\s*["']([^"']*)["']""")
#: Elements whose address a reader may follow and no program fetches. For a link it depends on the relation.
_FOLLOWED_BY_READERS = frozenset(
    {
        "a",
        "author",
        "category",
        "comments",
        "copyright",
        "creator",
        "docs",
        "generator",
        "guid",
        "id",
        "license",
        "name",
        "rights",
        "source",
        "uri",
    }
)
#: Elements and attributes that hold text for people.
_TEXT_NAMES = frozenset(
    {
        "title",
        "subtitle",
        "summary",
        "description",
        "content",
        "encoded",
        "text",
        "label",
        "managingEditor",
        "webMaster",
    }
)
_PASSIVE_RELATIONS = frozenset({"alternate", "related", "via", "license", "replies", "author", "canonical", ""})
_FETCHED_BY_JSON = frozenset({"image", "banner_image", "icon", "favicon", "feed_url", "next_url", "avatar", "src"})


def read_xml(data: bytes, where: str, cache: FragmentCache) -> Findings:
    """Return the findings of the feed, sitemap or other XML ``data``, called ``where`` in messages."""
    return _read_once(_read_xml, split_xml(data), data, where, cache)


def read_json(data: bytes, where: str, cache: FragmentCache) -> Findings:
    """Return the findings of the JSON ``data``, called ``where`` in messages."""
    return _read_once(_read_json, split_json(data), data, where, cache)


class _DocumentReader(Protocol):
    """Reads a document. With ``is_item``, it reads the item of a feed only."""

    def __call__(self, data: bytes, where: str, cache: FragmentCache, *, is_item: bool) -> Findings: ...


def _read_once(
    read: _DocumentReader, parts: SplitFeed | None, data: bytes, where: str, cache: FragmentCache
) -> Findings:
    """Return the findings of ``data``. If it has ``parts``, each item is read once for all feeds."""
    if parts is not None:
        found = read(parts.frame, where, cache, is_item=False)
        for item in parts.items:
            found.take(cache.get_or_compute_data("item", item, partial(read, item, where, cache, is_item=True)))
        if not found.violations:
            return found
    # A violation is reported from the whole document, also one that says that a part cannot be read.
    return read(data, where, cache, is_item=False)


def _read_xml(data: bytes, where: str, cache: FragmentCache, *, is_item: bool) -> Findings:
    found = Findings()
    try:
        # The parser fetches nothing.
        tree = etree.fromstring(
            data, etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False)
        )
    except etree.XMLSyntaxError as error:
        found.hides(f"is not XML ({error.msg})", where)
        return found
    if is_item:
        _elements(tree.iterdescendants(etree.Element), where, cache, found)
    else:
        _before(tree, where, cache.origin, found)
        _elements(tree.iter(etree.Element), where, cache, found)
    return found


def _elements(elements: Iterable[etree._Element], where: str, cache: FragmentCache, found: Findings) -> None:
    read_attributes = partial(_attributes, where, cache.origin)
    for element in elements:
        name = str(element.tag).rpartition("}")[2]
        if name == "link" and "hub" in _relations(element.get("rel")):
            found.hubs += 1
            continue
        text, attributes = element.text or "", element.items()
        if name == "script":
            found.take(scripts.read(text, f"{where}: <{name}>", cache.origin))
        elif name == "style":
            found.take(styles.read(text, f"{where}: <{name}>", cache.origin))
        if attributes:
            findings = cache.get_or_compute(("data", name, *attributes), read_attributes)
            if findings is not NOTHING:
                found.take(findings)
        # HTML contains the one, an address the other.
        if ("<" in text or "//" in text) and name not in {"script", "style"}:
            _text(text, name, f"{where}: <{name}>", cache, found)


def _before(tree: etree._Element, where: str, origin: SiteOrigin, found: Findings) -> None:
    """Read what precedes the root element: style sheets and a document type declaration."""
    found_type = _SYSTEM.search(str(getattr(tree.getroottree().docinfo, "doctype", "")))
    if found_type:
        found.fetches(found_type[1], where, origin)
    sibling = tree.getprevious()
    while sibling is not None:
        if isinstance(sibling, etree._ProcessingInstruction):  # noqa: SLF001 - lxml's name of it
            for address in _HREF.findall(str(sibling.text)):
                found.fetches(address, where, origin)
        sibling = sibling.getprevious()


def _relations(rel: str | None) -> set[str]:
    return set((rel or "").lower().split())


def _attributes(where: str, origin: SiteOrigin, name: str, *attributes: tuple[str, str]) -> Findings:
    found, place = Findings(), f"{where}: <{name}>"
    relations = _relations(dict(attributes).get("rel"))
    followed = name in _FOLLOWED_BY_READERS or (name == "link" and relations <= _PASSIVE_RELATIONS)
    for attribute, value in attributes:
        key = attribute.rpartition("}")[2].lower()
        if key.startswith("on"):
            found.take(scripts.read(value, place, origin))
        elif key == "style":
            found.take(styles.read(value, place, origin))
        elif followed or key in {"scheme", "domain", "term"} or key in _TEXT_NAMES:
            found.links_out += not origin.is_ours(value)
        elif key in {"href", "src", "url"} or _WHOLE_ADDRESS.fullmatch(value):
            found.fetches(value, place, origin)
    return found


def _text(text: str, name: str, place: str, cache: FragmentCache, found: Findings) -> None:
    if _WHOLE_ADDRESS.fullmatch(text):
        if name in _FOLLOWED_BY_READERS or name in _TEXT_NAMES or name == "link":
            found.links_out += not cache.origin.is_ours(text)
        else:
            found.fetches(text, place, cache.origin)
    elif "<" in text:
        found.take(markup.read_fragment(text, place, cache))


def _read_json(data: bytes, where: str, cache: FragmentCache, *, is_item: bool) -> Findings:
    found = Findings()
    try:
        value = json.loads(data)
    except ValueError:
        found.hides("is not JSON", where)
        return found
    for key, text in _strings(value, "items" if is_item else ""):
        if key in _FETCHED_BY_JSON or key.endswith("attachments.url"):
            found.fetches(text, f"{where}: {key}", cache.origin)
        elif key == "content_html":
            found.take(markup.read_fragment(text, f"{where}: {key}", cache))
        elif key.startswith("hubs"):
            found.hubs += key == "hubs.url"
        elif _WHOLE_ADDRESS.fullmatch(text):
            found.links_out += not cache.origin.is_ours(text)
    return found


def _strings(value: object, key: str) -> Iterator[tuple[str, str]]:
    """Yield each string with its key. Below attachments and hubs, the key has that name as a prefix."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below, key)
    elif isinstance(value, dict):
        for name, below in value.items():
            inner = f"{key}.{name}" if key in {"attachments", "hubs"} else name
            if isinstance(below, str):
                yield inner, below
            else:
                yield from _strings(below, inner)


def read_module(text: str, where: str, cache: FragmentCache) -> Findings | None:
    """Return the findings of the script ``text`` if it holds data only, else None.

    Strings in data are text, also those that are names of a store in a script. The addresses in ``parts`` are scripts
    that the search imports.
    """
    if not text.startswith(_EXPORT):
        return None
    try:
        value = json.loads(text.removeprefix(_EXPORT))
    except ValueError:
        return None
    found = Findings(scripts=1)
    for key, address in _strings(value.get("parts") if isinstance(value, dict) else None, "parts"):
        found.fetches(address, f"{where}: {key}", cache.origin)
    return found


def read_rules(data: bytes, where: str, origin: SiteOrigin) -> Findings:
    """Return the findings of host rules. An address in them redirects readers."""
    found = Findings()
    for address in _ANY_ADDRESS.findall(data.decode("utf-8", "replace")):
        found.fetches(address, where, origin)
    return found
