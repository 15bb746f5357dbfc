"""Markup: what a page, or a text in a feed, makes a browser do by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree, html

from plugins.checks.receipt import scripts, styles
from plugins.checks.receipt.findings import Breach, Findings
from plugins.checks.receipt.places import Places

#: Attributes whose address a browser only follows when the reader asks: (element, attribute).
_FOLLOWED = frozenset({("a", "href"), ("area", "href")})
#: Attributes that no browser takes for an address to fetch.
_NEVER = frozenset(
    {
        "about",
        "alt",
        "cite",
        "class",
        "content",
        "datatype",
        "id",
        "itemid",
        "itemprop",
        "itemtype",
        "label",
        "name",
        "placeholder",
        "prefix",
        "profile",
        "property",
        "rel",
        "resource",
        "title",
        "typeof",
        "value",
        "vocab",
        "xmlns",
    }
)
_FETCHED = frozenset(
    {
        "action",
        "background",
        "data",
        "formaction",
        "href",
        "manifest",
        "ping",
        "poster",
        "src",
        "xlink:href",
    }
)
_SETS = frozenset({"srcset", "imagesrcset"})
#: Relations of a ``link`` that only tell.
_TELLING = frozenset(
    {
        "alternate",
        "author",
        "bookmark",
        "canonical",
        "help",
        "license",
        "me",
        "next",
        "prev",
        "search",
    }
)
_ADDRESS = re.compile(r"[\s\x00-\x20]*(?:[a-zA-Z][a-zA-Z0-9+.\t\n\r-]*:)?[\t\n\r]*[/\\][\t\n\r]*[/\\]")
_QUIET = re.compile(r"\bno-referrer\b")


def read_page(data: bytes, where: str, places: Places) -> Findings:
    """Return what the page ``data`` tells; ``where`` names it."""
    tree = html.document_fromstring(data or b"<html></html>", parser=html.HTMLParser(encoding="utf-8"))
    policies = (str(meta.get("content")) for meta in tree.iter("meta") if str(meta.get("name")).lower() == "referrer")
    return _Reader(where, places, quiet=any(map(_QUIET.search, policies))).read(tree)


def read_fragment(text: str, where: str, places: Places) -> Findings:
    """Return what the piece of HTML ``text`` tells; what shows it decides what it says to other sites."""
    if "<" not in text:
        return Findings()
    return _Reader(where, places, quiet=True).read(html.fragment_fromstring(text, create_parent="div"))


class _Reader:
    """Reads one tree.

    Args:
        where: names what is read.
        places: tells which addresses are ours.
        quiet: True where no link says where its reader came from.
    """

    def __init__(self, where: str, places: Places, *, quiet: bool) -> None:
        self._where = where
        self._places = places
        self._quiet = quiet
        self._found = Findings()

    def read(self, tree: Any) -> Findings:  # noqa: ANN401 - lxml's elements have no types of their own
        for element in tree.iter(etree.Element):
            tag = str(element.tag).lower().rpartition("}")[2]
            place = f"{self._where}: <{tag}>"
            if tag == "script":
                self._script(str(element.get("type", "")).strip().lower(), str(element.text_content()), place)
            elif tag == "style":
                self._found.take(styles.read(str(element.text_content()), place, self._places))
            elif tag == "meta":
                self._meta(str(element.get("http-equiv", "")).strip().lower(), str(element.get("content", "")), place)
            elif tag in {"a", "area"}:
                self._link(element, place)
            for name, value in element.attrib.items():
                self._attribute(element, tag, str(name).lower(), str(value))
        return self._found

    def _attribute(self, element: Any, tag: str, name: str, value: str) -> None:  # noqa: ANN401 - the same
        place = f"{self._where}: <{tag}>"
        if name.startswith("on") or value.strip().lower().startswith("javascript:"):
            self._found.take(scripts.read(value, f"{place} {name}", self._places))
        elif name == "style":
            self._found.take(styles.read(value, place, self._places))
        elif name == "srcdoc":
            self._found.take(read_page(value.encode(), place, self._places))
        elif (tag, name) not in _FOLLOWED and not (tag == "link" and name == "href" and _only_tells(element)):
            self._fetched(_addresses(name, value), place)

    def _link(self, element: Any, place: str) -> None:  # noqa: ANN401 - the same
        if self._places.is_ours(str(element.get("href", ""))):
            return
        self._found.links_out += 1
        if not self._quiet and "noreferrer" not in str(element.get("rel", "")).split():
            message = f"{place} tells another site where its reader came from"
            self._found.breaches.append(Breach("referrer-told", message, 'add  rel="noreferrer"'))

    def _script(self, kind: str, text: str, place: str) -> None:
        if kind in {"", "module"} or "javascript" in kind or "ecmascript" in kind:
            if text.strip():
                self._found.take(scripts.read(text, place, self._places))
        elif kind in {"importmap", "speculationrules"}:
            try:
                self._fetched(_strings(json.loads(text)), place)
            except ValueError:
                self._found.hides(f"is no {kind} that can be read", place)
        # Any other kind is data that a browser does not look at.

    def _meta(self, does: str, content: str, place: str) -> None:
        if does == "refresh":
            self._fetched([re.sub(r"(?is)^[\s\d.;,]*(?:url\s*=)?\s*['\"]?", "", content).rstrip("'\" ")], place)
        elif does == "set-cookie":
            self._found.stores("set-cookie", place)

    def _fetched(self, addresses: Iterable[str], place: str) -> None:
        for address in addresses:
            self._found.fetches(address, place, self._places)


def _only_tells(link: Any) -> bool:  # noqa: ANN401 - the same
    return set(str(link.get("rel", "")).lower().split()) <= _TELLING


def _addresses(name: str, value: str) -> Iterator[str]:
    """Yield what a browser may fetch for the attribute ``name``; one that we do not know may be one that it fetches."""
    if name in _SETS:
        yield from (part.split()[0] for part in value.split(",") if part.split())
    elif name in _FETCHED or (
        name not in _NEVER and not name.startswith(("aria-", "data-", "xmlns")) and _ADDRESS.match(value)
    ):
        yield value


def _strings(value: object) -> Iterator[str]:
    """Yield every address in a value of JSON."""
    if isinstance(value, str):
        if _ADDRESS.match(value):
            yield value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _strings(key)
            yield from _strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below)
