"""Read the tags of an HTML text without building its tree.

The pages of a site share most of their tags, so each kind of tag is parsed once. Where only a parser can tell what is a
tag, there is no answer, and the caller parses the whole text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from lxml import etree

from plugins.base.bounded import BoundedDict, BoundedSet

#: Matches the rest of a start tag. A quotation mark that stands anywhere but around a value ends the match.
_REST = r"""[^<>"'=]*(?:=(?:\s*(?:"[^"]*"|'[^']*'))?[^<>"'=]*)*>?"""
_START = re.compile(rf"<[a-z]{_REST}", re.IGNORECASE)
#: Matches after ``<`` the rest of a start tag, or of the start of a comment or declaration.
_AFTER_SIGN = rf"(?:[a-z]{_REST}|[!?])"
#: Elements whose text is not HTML: the start of each, and what ends it.
_RAW = re.compile(r"<(script|style)(?=[\s/>])", re.IGNORECASE)
_RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
#: Matches a start tag whose attributes stand as a parser reads them.
_PLAIN = re.compile(r'<([a-z][a-z0-9]*)(?: [a-z-]+="[^"&\r]*")*>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
#: Elements whose text is not HTML.
WITHOUT_HTML = frozenset(
    {"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext", "listing", "frameset"}
)
#: The most tags that are kept.
MAX_TAGS = 10_000


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
    """Reads tags, and keeps what it read of the last ones.

    Args:
        left_out: a pattern of what follows ``<`` in well-formed start tags that the caller has no use for, with ``>``.
    """

    def __init__(self, left_out: str = "(?!)") -> None:
        # A text has hundreds of tags, and matching those that say nothing is faster than looking up each.
        self._tag = re.compile(f"<(?!{left_out}){_AFTER_SIGN}", re.IGNORECASE)
        self._elements = BoundedDict[str, Element | None](MAX_TAGS)
        #: The tags with an element. Comparing sets is faster than looking up each tag.
        self._clear = BoundedSet[str](MAX_TAGS)

    def start_tags(self, html: str) -> Counter[str] | None:
        """Return how often each start tag occurs in ``html``, or None where only a parser can tell.

        ``element`` reads a tag. A script or style is one tag together with its text. Tags that a parser adds are left
        out.
        """
        doctype = _DOCTYPE.match(html)
        at, tags = doctype.end() if doctype else 0, Counter[str]()
        while raw := _RAW.search(html, at):
            # Within the value of an attribute, it leaves the tag before it without an end, which is unclear.
            tags.update(self._tag.findall(html, at, raw.start()))
            end = _RAW_ENDS[raw[1].lower()].search(html, raw.end())
            if end is None:
                return None
            at = end.end()
            tags[html[raw.start() : at]] += 1
        tags.update(self._tag.findall(html, at))
        return None if "\0" in html or None in map(self.element, tags.keys() - self._clear) else tags

    def element(self, tag: str) -> Element | None:
        """Return the element of a tag that ``start_tags`` found, or None when only a parser can tell what it is."""
        if not tag.endswith(">"):
            return _with_text(tag)
        if tag not in self._elements:
            read = _parsed(tag)
            self._elements[tag] = None if read is None or read.name in WITHOUT_HTML else read
            if self._elements[tag] is not None:
                self._clear.add(tag)
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
