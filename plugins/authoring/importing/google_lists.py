"""Nest the lists of a Google Docs page, which writes them one after the other and tells their levels by a class."""

from __future__ import annotations

import re

from msgspec import Struct
from turbohtml import Element, Node, Text

#: The class of a list: the name of the list that it is a part of, and its level from 0.
_LIST = re.compile(r"(?:^|\s)lst-(\S+)-(\d)(?=\s|$)")
#: The class of a part that begins to count anew.
_BEGINS = "start"


class _Part(Struct, frozen=True):
    element: Element
    name: str
    level: int


def nest_lists(body: Element) -> None:
    """Move each list of a deeper level into the last item before it, and join the parts of one list.

    ``<ul class="lst-kix_a-0"> <ul class="lst-kix_a-1"> <ul class="lst-kix_a-0">`` become one list with a list in it.
    """
    open_parts: list[_Part] = []
    for element in body.select("ul, ol"):
        part = _part(element)
        if part is None:
            continue
        if open_parts and _before(element) != open_parts[0].element:
            open_parts.clear()
        while open_parts and open_parts[-1].level > part.level:
            open_parts.pop()
        same = open_parts.pop() if open_parts and open_parts[-1].level == part.level else None
        if same is not None and _continues(part, same):
            for item in list(element.children):
                same.element.append(item.extract())
            element.extract()
            part = same
        elif open_parts and (holder := _last_item(open_parts[-1].element)) is not None:
            holder.append(element.extract())
        open_parts.append(part)


def _part(element: Element) -> _Part | None:
    found = _LIST.search(_classes(element))
    return _Part(element, found[1], int(found[2])) if found else None


def _classes(element: Element) -> str:
    value = element.attrs.get("class")
    return " ".join(value) if isinstance(value, list) else value or ""


def _before(element: Element) -> Node | None:
    """Return the node before ``element`` that is no blank text."""
    shown = (one for one in element.previous_siblings if not isinstance(one, Text) or one.data.strip())
    return next(shown, None)


def _continues(part: _Part, before: _Part) -> bool:
    return (
        part.name == before.name
        and part.element.tag == before.element.tag
        and _BEGINS not in _classes(part.element).split()
    )


def _last_item(items: Element) -> Element | None:
    found = [child for child in items.children if isinstance(child, Element) and child.tag == "li"]
    return found[-1] if found else None
