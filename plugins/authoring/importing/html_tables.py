"""Normalise tables: rows of equal length, and only inline content in cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from turbohtml import Element, Text

from plugins.authoring.importing.html_blocks import HEADINGS, has_block, is_shown, lift_blocks
from plugins.authoring.importing.item import Note, Urgency

#: Most columns. A table that declares more is broken.
_COLUMNS = 100
_ENDS_A_LINE = frozenset({"p", "li", "pre", "dt", "dd", *HEADINGS})


def order_table(table: Element, notes: list[Note]) -> Counter[str]:
    """Give each row as many cells as the widest row, and turn nested tables into text.

    Return the numbers of lists in cells, which become words.
    """
    changed: Counter[str] = Counter()
    if table.parent is None:
        return changed
    rows = [row for row in table.select("tr") if row.closest("table") is table]
    for inner in table.select("table"):
        if inner.parent is not None:
            table_to_lines(inner, notes)
    caption = table.select_one("caption")
    if caption is not None:
        table.insert_before(Element("p", None, [child.extract() for child in list(caption.children)]))
        caption.extract()
    cells = [[cell for cell in row.children if isinstance(cell, Element)] for row in rows]
    if max((len(row) for row in cells), default=0) <= 1:
        # A layout table: keep its content only.
        _unframe(table, cells)
        return changed
    _fill_spans(rows, cells, notes)
    for row in cells:
        for cell in row:
            changed.update(_one_line(cell))
    return changed


def table_to_lines(table: Element, notes: list[Note]) -> None:
    """Replace ``table`` by a paragraph for each row."""
    notes.append(Note(Urgency.CHANGED, "a table within another block became lines", ""))
    for row in table.select("tr"):
        line = Element("p")
        for cell in row.select("td, th"):
            line.append(Text(" "))
            for node in list(cell.children):
                line.append(node.extract())
        table.insert_before(line)
        lift_blocks(line)
    table.extract()


def _unframe(table: Element, cells: Iterable[list[Element]]) -> None:
    for row in cells:
        for cell in row:
            if not has_block(cell):
                table.insert_before(Element("p", None, [child.extract() for child in list(cell.children)]))
            else:
                for child in list(cell.children):
                    table.insert_before(child.extract())
    table.extract()


def _fill_spans(rows: list[Element], cells: list[list[Element]], notes: list[Note]) -> None:
    """Fill the places that row and column spans cover with empty cells."""
    taken, spanned = _places(cells)
    width = min(_COLUMNS, max((x for _, x in taken), default=-1) + 1)
    for y, row in enumerate(rows):
        for cell in cells[y]:
            cell.extract()
        for x in range(width):
            found = taken.get((y, x))
            row.append(Element("td") if found is None else found)
        for cell in cells[y]:
            if cell.parent is None:
                row.append(cell)
    if spanned:
        notes.append(Note(Urgency.CHANGED, "cells over several columns or rows became single cells", ""))


def _places(cells: list[list[Element]]) -> tuple[dict[tuple[int, int], Element | None], bool]:
    """Return the cell at each row and column (None where a span covers it), and whether there is any span."""
    taken: dict[tuple[int, int], Element | None] = {}
    spanned = False
    for y, row in enumerate(cells):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            spanned = spanned or wide > 1 or high > 1
            reached = [(y + down, x + right) for down in range(min(high, len(cells) - y)) for right in range(wide)]
            taken |= {place: None for place in reached if place not in taken}
            taken[y, x] = cell
            x += wide
    return taken, spanned


def _span(cell: Element, name: str) -> int:
    value = cell.attr(name) or ""
    if name in cell.attrs:
        del cell.attrs[name]
    return max(1, min(int(value), _COLUMNS)) if value.isdigit() else 1


def _one_line(cell: Element) -> list[str]:
    """Reduce the content of a cell to one line, because a Markdown row is one line. Return the numbers of its lists."""
    numbers: list[str] = []
    for items in cell.select("ul, ol"):
        start = items.attr("start") or ""
        inner = [item for item in items.children if isinstance(item, Element) and item.tag == "li"]
        for number, item in enumerate(inner, start=int(start) if start.isdigit() else 1):
            item.insert(0, Text(f"{number}. " if items.tag == "ol" else "• "))
            if items.tag == "ol":
                numbers.append(str(number))
    for block in cell.select("p, li, h1, h2, h3, h4, h5, h6, blockquote, ul, ol, div, dl, dt, dd, pre, hr, figure"):
        nexts = block.next_sibling
        if block.tag in _ENDS_A_LINE and nexts is not None and block.text.strip():
            block.insert_after(Element("br"))
        if block.tag in HEADINGS:
            block.tag = "strong"
        else:
            block.unwrap()
    for line_break in cell.select("br"):
        # A line break at the end of a cell has no effect.
        if not any(is_shown(node) for node in line_break.next_siblings):
            line_break.extract()
    return numbers
