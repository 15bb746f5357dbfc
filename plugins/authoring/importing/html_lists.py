"""Bring lists into the form of ours: items of words and inner lists, each list apart from the next."""

from __future__ import annotations

import re

from turbohtml import Element, Text

from plugins.authoring.importing.html_blocks import HEADINGS, has_image, is_shown, to_bold
from plugins.authoring.importing.html_tables import table_to_lines
from plugins.authoring.importing.item import Note, Urgency

_BULLET = re.compile("[•◦▪●‣∙\N{HYPHEN BULLET}]\\s*+")


def order_lists(root: Element, notes: list[Note]) -> None:
    """Bring every list below ``root`` into order."""
    for items in root.select("ul, ol"):
        for child in list(items.children):
            if isinstance(child, Element) and child.tag in {"ul", "ol"}:
                # Word and Google write an inner list beside its item.
                before = next((one for one in child.previous_siblings if isinstance(one, Element)), None)
                if before is not None and before.tag == "li":
                    before.append(child.extract())
                else:
                    child.wrap(Element("li"))
            elif (isinstance(child, Element) and child.tag != "li") or (isinstance(child, Text) and child.data.strip()):
                child.wrap(Element("li"))
    for item in root.select("li"):
        if item.parent is None or getattr(item.parent, "tag", "") not in {"ul", "ol"}:
            item.tag = "p"
        for heading in item.select(", ".join(HEADINGS)):
            to_bold(heading)
    _plain_items(root, notes)
    for item in reversed(root.select("li")):
        _lift_bare_list(item)
    _join_lists(root, notes)


def galleries_to_paragraphs(root: Element) -> None:
    """Unwrap each list that holds nothing but pictures and their captions."""
    for items in root.select("ul, ol"):
        inner = [child for child in items.children if isinstance(child, Element)]
        if inner and all(child.tag == "li" and child.select_one("figure img") is not None for child in inner):
            for child in inner:
                child.unwrap()
            items.unwrap()
        elif inner and all(has_image(child) and not child.text.strip() for child in inner):
            for child in inner:
                child.tag = "p"
            items.unwrap()


def _plain_items(root: Element, notes: list[Note]) -> None:
    """Leave paragraphs, lists and code alone within an item of a list: other blocks are read there in many ways."""
    for table in root.select("li table"):
        if table.parent is not None:
            table_to_lines(table, notes)
    for block in root.select("li blockquote, li dl, li dt, li dd, li hr"):
        if block.tag in {"dt", "dd"}:
            block.tag = "p"
        elif block.tag == "hr":
            block.extract()
        else:
            block.unwrap()


def _lift_bare_list(item: Element) -> None:
    """Put the items of a list that begins ``item`` in its place: Markdown has no item that begins with another."""
    shown = [node for node in item.children if is_shown(node)]
    first = shown[0] if shown else None
    if not isinstance(first, Element) or first.tag not in {"ul", "ol"}:
        return
    inner = [child for child in first.children if isinstance(child, Element)]
    for child in inner:
        item.insert_before(child.extract())
    first.extract()
    for rest in list(item.children):
        inner[-1].append(rest.extract())
    item.extract()


def _join_lists(root: Element, notes: list[Note]) -> None:
    """Join lists that follow each other: nothing in Markdown could part them."""
    for items in root.select("ul, ol"):
        after = items.next_sibling
        while isinstance(after, Text) and not after.data.strip():
            after = after.next_sibling
        if items.parent is not None and isinstance(after, Element) and after.tag == items.tag:
            for child in reversed(list(items.children)):
                after.insert(0, child.extract())
            if start := items.attr("start"):
                after.attrs["start"] = start
            items.extract()
            notes.append(Note(Urgency.CHANGED, "two lists in a row became one", ""))


def bullets_to_lists(root: Element, notes: list[Note]) -> None:
    """Make a list of paragraphs that begin with a bullet."""
    current: Element | None = None
    for child in list(root.children):
        if isinstance(child, Text) and not child.data.strip():
            continue
        first = next((node for node in child.descendants if isinstance(node, Text) and node.data.strip()), None)
        is_item = (
            isinstance(child, Element) and child.tag == "p" and first is not None and _BULLET.match(first.data.lstrip())
        )
        if not is_item or first is None or not isinstance(child, Element):
            current = None
            continue
        first.data = _BULLET.sub("", first.data.lstrip(), count=1)
        if current is None:
            current = Element("ul")
            child.insert_before(current)
            notes.append(Note(Urgency.CHANGED, "lines with a bullet became a list", ""))
        child.extract()
        child.tag = "li"
        current.append(child)
