"""Normalise lists: items contain text and nested lists, and no two lists are adjacent."""

from __future__ import annotations

import re

from turbohtml import Element, Text

from plugins.authoring.importing.html_blocks import HEADINGS, has_image, is_shown, to_bold
from plugins.authoring.importing.html_tables import table_to_lines
from plugins.authoring.importing.item import Note, Urgency

_BULLET = re.compile("[•◦▪●‣∙\N{HYPHEN BULLET}]\\s*+")


def order_lists(root: Element, notes: list[Note]) -> None:
    """Normalise every list below ``root``."""
    for items in root.select("ul, ol"):
        for child in list(items.children):
            if isinstance(child, Element) and child.tag in {"ul", "ol"}:
                # Word and Google Docs write a nested list after its item, not in it.
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
    """Unwrap each list of nothing but pictures and captions."""
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
    """Keep only paragraphs, lists and code in a list item. Markdown programs disagree on other blocks there."""
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
    """Replace an ``item`` that begins with a list by the items of that list. Markdown has no such item."""
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
    """Join adjacent lists, because Markdown cannot separate them."""
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
    """Turn consecutive paragraphs that begin with a bullet into a list."""
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
