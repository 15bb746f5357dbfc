"""Split a WordPress export into items, and parse each separately.

So a fault in one item does not affect others, and only one item is in memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from msgspec import Struct

from plugins.authoring.importing.wxr_bytes import XmlMender

#: Most bytes of one item.
LONGEST_ITEM = 50_000_000
_ITEM = re.compile(r"<(/?)item(?:\s[^>]*)?>")
_PREFIX = re.compile(r"[<\s/]([A-Za-z][\w.-]*):[A-Za-z_]")
_DECLARED = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']([^"']*)["']""")
#: Substrings of namespace addresses, and the name that replaces all versions of each.
_MEANINGS = (("excerpt", "excerpt"), ("wordpress.org/export", "wp"), ("modules/content", "content"), ("/dc/", "dc"))


class Parsed(Struct, frozen=True):
    """A part of an export.

    Attributes:
        element: the item, or the channel without its items. None if it could not be read.
        number: the number of the item, from 1. 0 for the channel.
        fault: the error of the strict parser, or "".
        name: its title, if that could be found although it could not be parsed.
    """

    element: etree._Element | None
    number: int
    fault: str = ""
    name: str = ""


def read_items(path: Path, mended: Counter[str] | None = None) -> Iterator[Parsed]:
    """Yield the channel of the export ``path``, then each of its items.

    Args:
        path: the file.
        mended: receives the number of repaired faults of each kind.

    Raises:
        OSError: when the file cannot be read.
    """
    with path.open("rb") as stream:
        mender = XmlMender(stream)
        cutter = _Cutter()
        for in_cdata, text in mender.pieces():
            yield from cutter.take(text, in_cdata=in_cdata)
        yield from cutter.end()
    if mended is not None:
        mended.update(mender.mended)


class _Cutter:
    """Collects chunks until an item is complete."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._number = 0
        self._in_item = False
        self._spaces: dict[str, str] = {}
        self._channel_done = False

    def take(self, text: str, *, in_cdata: bool) -> Iterator[Parsed]:
        if in_cdata:
            self._add(_escaped(text))
            return
        at = 0
        for found in _ITEM.finditer(text):
            self._add(text[at : found.start()])
            at = found.end()
            if not found[1]:
                yield from self._begin()
            elif self._in_item:
                yield self._made()
                self._in_item = False
        self._add(text[at:])

    def end(self) -> Iterator[Parsed]:
        """Yield the rest at the end of the file."""
        if not self._channel_done:
            yield self._channel()
        elif self._in_item and "".join(self._parts).strip():
            made = self._made()
            yield Parsed(made.element, made.number, made.fault or "the file ends within it", made.name)

    def _begin(self) -> Iterator[Parsed]:
        if not self._channel_done:
            yield self._channel()
        elif self._in_item:
            made = self._made()
            yield Parsed(made.element, made.number, made.fault or "another item begins within it", made.name)
        self._parts, self._size = [], 0
        self._in_item = True
        self._number += 1

    def _add(self, text: str) -> None:
        self._size += len(text)
        if self._size <= LONGEST_ITEM:
            self._parts.append(text)

    def _channel(self) -> Parsed:
        self._channel_done = True
        text = "".join(self._parts)
        self._spaces = {
            prefix: next((meaning for part, meaning in _MEANINGS if part in address), prefix)
            for prefix, address in _DECLARED.findall(text)
        }
        inner = re.split(r"<channel(?:\s[^>]*)?>", text, maxsplit=1)
        head = re.sub(r"</channel>.*", "", inner[1], flags=re.DOTALL) if len(inner) > 1 else ""
        self._parts, self._size = [], 0
        return self._parsed(head, 0)

    def _made(self) -> Parsed:
        text, size = "".join(self._parts), self._size
        self._parts, self._size = [], 0
        if size > LONGEST_ITEM:
            too_long = f"it has {size:,} characters, and {LONGEST_ITEM:,} are taken"
            return Parsed(None, self._number, too_long, _name(text))
        return self._parsed(text, self._number)

    def _parsed(self, text: str, number: int) -> Parsed:
        prefixes = {*_PREFIX.findall(text), "wp", "content", "excerpt", "dc"} - {"xmlns", "xml"}
        spaces = "".join(f' xmlns:{prefix}="{self._spaces.get(prefix, prefix)}"' for prefix in sorted(prefixes))
        whole = f"<item{spaces}>{text}</item>".encode()
        try:
            return Parsed(etree.fromstring(whole, _parser(recover=False)), number)
        except etree.XMLSyntaxError as error:
            fault = re.sub(r", line \d+, column \d+.*", "", str(error.msg or "it is no XML"))
        try:
            return Parsed(etree.fromstring(whole, _parser(recover=True)), number, fault, _name(text))
        except etree.XMLSyntaxError:
            return Parsed(None, number, fault, _name(text))


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False, recover=recover, remove_comments=True
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _name(text: str) -> str:
    found = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    return " ".join(found[1].split())[:100] if found else ""
