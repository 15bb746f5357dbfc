"""Find footnotes in imported HTML, and replace their references by markers.

A footnote is recognised by two links: one from the text to the note, and one back. Word (through mammoth), LibreOffice,
Google Docs, WordPress and Markdown programs all write both.
"""

from __future__ import annotations

import re

from msgspec import Struct
from turbohtml import Element, Node, Text

#: Enclose the number of a reference. They are of the private use area, so no text contains them.
MARK, MARK_END = "\ue020", "\ue021"
#: Texts of back links, and the variation selector that may follow one.
_ARROWS = "\u2191\u21a9\u23ce\u2934\ufe0e"
_NUMBER = re.compile(r"^\s*\[?\w{1,4}[\].]?\s*")


class Footnote(Struct, frozen=True):
    """A footnote: its number in reading order, and its content."""

    number: int
    content: Element


def take_out_footnotes(root: Element) -> list[Footnote]:
    """Remove the footnotes from ``root`` and return them. References become ``MARK number MARK_END``."""
    targets: dict[str, Element] = {}
    for element in root.select("[id], a[name]"):
        for name in ("id", "name"):
            if value := element.attr(name):
                targets.setdefault(value, element)
    found: list[Footnote] = []
    numbers: dict[int, int] = {}
    for link in root.select("a[href]"):
        address = link.attr("href") or ""
        target = targets.get(address[1:]) if address.startswith("#") and len(address) > 1 else None
        note = _note_of(target) if target is not None else None
        if note is None or link.parent is None or not _leads_back(note, link):
            continue
        number = numbers.get(hash(note))
        if number is None:
            number = len(found) + 1
            numbers[hash(note)] = number
            found.append(Footnote(number, note))
        _replace_mark(link, number)
    for footnote in found:
        _take_out(footnote.content)
    return found


def _note_of(target: Element) -> Element | None:
    """Return the element of the whole note that ``target`` begins or is."""
    if target.tag in {"li", "p", "div", "dd"}:
        return target
    return target.closest("li, p, div, dd")


def _leads_back(note: Element, link: Element) -> bool:
    """Tell whether a link in ``note`` leads to ``link`` or to its parent."""
    names: set[str] = set()
    around: Node | None = link
    for _ in range(2):
        if not isinstance(around, Element):
            break
        names |= {value for name in ("id", "name") if (value := around.attr(name))}
        around = around.parent
    if any(ancestor == note for ancestor in link.ancestors):
        return False
    return any((back.attr("href") or "")[1:] in names for back in note.select("a[href^='#']"))


def _replace_mark(link: Element, number: int) -> None:
    mark = Text(f"{MARK}{number}{MARK_END}")
    holder = link.closest("sup")
    alone = holder is not None and " ".join(holder.text.split()) == " ".join(link.text.split())
    (holder if holder is not None and alone else link).replace_with(mark)


def _take_out(note: Element) -> None:
    """Detach ``note`` from the text, without its back link and its number."""
    around = note.parent
    for back in note.select("a[href^='#']"):
        words = back.text.strip()
        if not words or _NUMBER.fullmatch(words) or not words.strip(_ARROWS):
            back.extract()
        else:
            back.unwrap()
    for empty in note.select("sup, p"):
        if not empty.text.strip() and empty.select_one("img") is None:
            empty.extract()
    note.normalize()
    for node in note.descendants:
        if isinstance(node, Text):
            words = node.data.rstrip()
            if words.endswith(tuple(_ARROWS)):
                node.data = words.rstrip(_ARROWS).rstrip()
    note.extract()
    note.tag = "div"
    _take_out_holders(around)


def _take_out_holders(around: Node | None) -> None:
    """Remove containers that held nothing but notes, and the rule above them."""
    while isinstance(around, Element) and around.parent is not None and not around.text.strip():
        if around.select_one("img") is not None:
            return
        before: Node | None = around.previous_sibling
        while isinstance(before, Text) and not before.data.strip():
            before = before.previous_sibling
        outer = around.parent
        around.extract()
        if isinstance(before, Element) and before.tag == "hr":
            before.extract()
        around = outer if isinstance(outer, Element) else None
