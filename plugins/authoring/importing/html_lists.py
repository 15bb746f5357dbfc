"""Normalise lists: items contain text and nested lists, and no two lists are adjacent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from turbohtml import Element, Text

from plugins.authoring.importing.html_blocks import HEADINGS, has_image, is_shown, to_bold
from plugins.authoring.importing.html_tables import table_to_lines
from plugins.authoring.importing.item import Note, Urgency, shortened
from plugins.authoring.importing.word_proof import words_of_text

#: Consecutive paragraphs that begin with a number or a hyphen are a list. One alone is not, unless it has a bullet.
_FEWEST_TYPED = 2
_BULLETS = "•◦▪●‣∙·\N{HYPHEN BULLET}"
_BULLET = re.compile(f"[{_BULLETS}]")
_TYPED = re.compile(rf"[{_BULLETS}]\s*+|(?:[-*]|\d{{1,3}}[.)])\s++")


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


def typed_lists(root: Element, notes: list[Note]) -> Counter[str]:
    """Turn consecutive paragraphs that begin with a bullet, a hyphen or the next number into a list.

    Return the numbers that were taken out of the text, as words with negative counts.
    """
    changed: Counter[str] = Counter()
    for sign, run in _typed_runs(root):
        if len(run) < _FEWEST_TYPED and not _BULLET.match(sign):
            continue
        is_numbered = sign[0].isdigit()
        if is_numbered and any(one is not None and one.tag == "ol" for one in _around(run[0][0], run[-1][0])):
            # Markdown would join the two lists, and count on.
            continue
        items = Element("ol" if is_numbered else "ul")
        if is_numbered and (start := int(re.split(r"\D", sign)[0])) != 1:
            items.attrs["start"] = str(start)
        run[0][0].insert_before(items)
        for paragraph, text, typed in run:
            text.data = text.data.lstrip().removeprefix(typed)
            changed.subtract(words_of_text(typed))
            paragraph.tag = "li"
            items.append(paragraph.extract())
        what = "lines with a number became a list" if is_numbered else "lines with a bullet became a list"
        notes.append(Note(Urgency.CHANGED, what, shortened(run[0][0].text)))
    return changed


def _around(first: Element, last: Element) -> tuple[Element | None, Element | None]:
    """Return the elements before ``first`` and after ``last``."""
    return (
        next((one for one in first.previous_siblings if isinstance(one, Element)), None),
        next((one for one in last.next_siblings if isinstance(one, Element)), None),
    )


def _typed_runs(root: Element) -> Iterator[tuple[str, list[tuple[Element, Text, str]]]]:
    """Yield each run of paragraphs with the same typed sign or with ascending numbers.

    A run is its first sign, and each paragraph with its first text and its sign.
    """
    run: list[tuple[Element, Text, str]] = []
    first = ""
    for child in [*root.children, None]:
        if isinstance(child, Text) and not child.data.strip():
            continue
        typed = _typed(child) if isinstance(child, Element) and child.tag == "p" else None
        if run and (typed is None or not _goes_on(run[-1][2], typed[1])):
            yield first, run
            run = []
        if typed is not None and isinstance(child, Element):
            first = first if run else typed[1]
            run.append((child, *typed))


def _typed(paragraph: Element) -> tuple[Text, str] | None:
    """Return the first text of ``paragraph`` and the sign of a list that it begins with, or None."""
    text = next((node for node in paragraph.descendants if isinstance(node, Text) and node.data.strip()), None)
    found = _TYPED.match(text.data.lstrip()) if text is not None else None
    return (text, found[0]) if text is not None and found is not None else None


def _goes_on(before: str, sign: str) -> bool:
    """Tell whether ``sign`` may follow ``before`` in one list."""
    numbers = [re.match(r"\d+", one) for one in (before, sign)]
    if numbers[0] and numbers[1]:
        return int(numbers[1][0]) == int(numbers[0][0]) + 1
    return before.strip() == sign.strip() and not any(numbers)
