"""Read the tags of an HTML text without building its tree.

The pages of a site share most of their tags, so each kind of tag is parsed once. Where only a parser can tell what is a
tag, there is no answer, and the caller parses the whole text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from lxml import etree

#: Matches the rest of a start tag. A quotation mark that stands anywhere but around a value ends the match.
_REST = r"""[^<>"'=]*(?:=(?:\s*(?:"[^"]*"|'[^']*'))?[^<>"'=]*)*>?"""
_START = re.compile(rf"<[a-z]{_REST}", re.IGNORECASE)
#: Matches a start tag, a script or style up to its end tag, or the start of a comment or declaration.
_TAG = re.compile(
    rf"<(?:script\b{_REST}[\s\S]*?</script|style\b{_REST}[\s\S]*?</style|[a-z]{_REST}|[!?])", re.IGNORECASE
)
#: Matches a start tag whose attributes stand as a parser reads them.
_PLAIN = re.compile(r'<([a-z][a-z0-9]*)(?: [a-z-]+="[^"&\r]*")*>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
#: Elements whose text is not HTML.
_WITHOUT_HTML = frozenset(
    {"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext", "listing", "frameset"}
)


class Element(NamedTuple):
    """An element.

    Attributes:
        name: in lower case.
        attributes: in order.
        text: of a script or style.
    """

    name: str
    attributes: tuple[tuple[str, str], ...]
    text: str = ""


class TagReader:
    """Reads tags, and keeps what it read."""

    def __init__(self) -> None:
        self._elements: dict[str, Element | None] = {}

    def start_tags(self, html: str) -> Counter[str] | None:
        """Return how often each start tag occurs in ``html``, or None where only a parser can tell.

        ``element`` reads a tag. A script or style is one tag together with its text. Tags that a parser adds are left
        out.
        """
        doctype = _DOCTYPE.match(html)
        tags = Counter(_TAG.findall(html, doctype.end() if doctype else 0))
        return None if "\0" in html or None in map(self.element, tags) else tags

    def element(self, tag: str) -> Element | None:
        """Return the element of a tag that ``start_tags`` found, or None when only a parser can tell what it is."""
        if not tag.endswith(">"):
            return _with_text(tag)
        if tag not in self._elements:
            read = _parsed(tag)
            self._elements[tag] = None if read is None or read.name in _WITHOUT_HTML else read
        return self._elements[tag]


def _with_text(tag: str) -> Element | None:
    """Return the script or style ``tag``, or None for a comment and a tag that is not well formed."""
    opening = _START.match(tag)
    read = _parsed(opening[0]) if opening and opening[0].endswith(">") else None
    return read._replace(text=tag[len(opening[0]) : tag.rindex("</")]) if opening and read else None


def attributes_of(parsed: etree._Element) -> tuple[tuple[str, str], ...]:
    """Return the attributes of an element of a tree, in order."""
    return tuple((str(name), str(value)) for name, value in parsed.items())


def _parsed(tag: str) -> Element | None:
    """Return the element of the start tag ``tag``, or None if a parser drops it."""
    plain = _PLAIN.fullmatch(tag)
    if plain:
        attributes = tuple(_ATTRIBUTE.findall(tag))
        if len(dict(attributes)) == len(attributes):
            return Element(plain[1], attributes)
    name = re.split(r"[\s/>]", tag[1:], maxsplit=1)[0].lower()
    for found in etree.HTML(tag).iter(etree.Element):
        if str(found.tag).lower() == name:
            return Element(name, attributes_of(found))
    return None
