"""Normalise the structure of imported HTML: blocks, headings, lists, tables and pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from turbohtml import Element, Node, Text

from plugins.authoring.importing.html_blocks import BLOCKS, flatten, has_block, has_image, is_shown, wrap_bare
from plugins.authoring.importing.html_headings import order_headings
from plugins.authoring.importing.html_lists import galleries_to_paragraphs, order_lists, typed_lists
from plugins.authoring.importing.html_tables import order_table
from plugins.authoring.importing.item import Note, Urgency

#: Presentational inline elements that the site's Markdown cannot express.
_LOOKS = "span, font, u, ins, small, mark, q, tt, time, cite, samp, var, dfn, abbr, wbr, kbd"

#: Inline elements that become marks around words, each with the elements of the same mark.
_MARKS = {
    tag: kind for kind in ({"strong", "b"}, {"em", "i"}, {"del", "s", "strike"}, {"a"}) for tag in kind
}  # fmt: skip


def put_in_order(root: Element, notes: list[Note]) -> Counter[str]:
    """Normalise the structure of ``root`` in place. Return the words that it added, and removed (negative)."""
    for element in root.select(_LOOKS):
        element.unwrap()
    _images_out_of_links(root)
    flatten(root)
    changed: Counter[str] = Counter()
    for table in root.select("table"):
        changed.update(order_table(table, notes))
    galleries_to_paragraphs(root)
    _order_figures(root)
    order_lists(root, notes)
    changed.update(typed_lists(root, notes))
    order_headings(root, notes)
    _order_line_breaks(root)
    _order_marks(root)
    _remove_empty(root, notes)
    root.normalize()
    return changed


def _images_out_of_links(root: Element) -> None:
    """Unlink pictures. A link to the larger version becomes the picture's address. Another link follows it."""
    for image in root.select("a img"):
        link = image.closest("a")
        if link is None:
            continue
        address = link.attr("href") or ""
        if re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?.*)?$", address, re.IGNORECASE):
            image.attrs["data-large"] = address
        image.extract()
        link.insert_before(image)
        if not link.text.strip() and link.select_one("img") is None:
            if "data-large" not in image.attrs and address and not address.startswith("#"):
                image.attrs["data-link"] = address
            link.extract()


def _order_figures(root: Element) -> None:
    for figure in root.select("figure"):
        for caption in figure.select("figcaption"):
            if not has_block(caption):
                caption.tag = "p"
        wrap_bare(figure)
        for caption in figure.select("figcaption"):
            caption.unwrap()
        figure.unwrap()
    for image in root.select("p img, li img, strong img, em img, h1 img, h2 img, h3 img, h4 img, h5 img, h6 img"):
        _stand_alone(image)


def _stand_alone(image: Element) -> None:
    """Move each picture in a top-level paragraph or heading to its own paragraph."""
    holder = image.closest("p, h1, h2, h3, h4, h5, h6")
    if holder is None or holder.closest("table") is not None or len(holder.children) == 1:
        return
    before = not any(is_shown(node) for node in _before(image, holder))
    alone = Element("p", None, [image.extract()])
    if before:
        holder.insert_before(alone)
    else:
        holder.insert_after(alone)


def _before(image: Element, holder: Element) -> Iterator[Node]:
    node: Node = image
    while node != holder:
        yield from node.previous_siblings
        parent = node.parent
        if parent is None:
            return
        node = parent


def _order_line_breaks(root: Element) -> None:
    """Move line breaks at the ends of emphasis and links out of them, and drop those at the ends of blocks."""
    for line_break in root.select("br"):
        if line_break.closest("pre") is not None:
            continue
        while (holder := line_break.parent) is not None:
            is_first = not _any_shown(line_break.previous_siblings)
            if not is_first and _any_shown(line_break.next_siblings):
                break
            if not (isinstance(holder, Element) and holder.tag in _MARKS):
                line_break.extract()
            elif is_first:
                holder.insert_before(line_break.extract())
            else:
                holder.insert_after(line_break.extract())


def _order_marks(root: Element) -> None:
    """Unwrap emphasis within the same emphasis, and move spaces at its ends out of it."""
    for element in reversed(root.select(", ".join(_MARKS))):
        if any(isinstance(above, Element) and above.tag in _MARKS[element.tag] for above in element.ancestors):
            element.unwrap()
            continue
        first, last = (element.children[0], element.children[-1]) if element.children else (None, None)
        if isinstance(first, Text) and first.data[:1].isspace():
            first.data = first.data.lstrip()
            element.insert_before(Text(" "))
        if isinstance(last, Text) and last.data[-1:].isspace():
            last.data = last.data.rstrip()
            element.insert_after(Text(" "))


def _any_shown(siblings: Iterable[Node]) -> bool:
    """Tell whether one of ``siblings``, up to the next block, has visible content."""
    inline = takewhile(lambda node: not (isinstance(node, Element) and node.tag in BLOCKS), siblings)
    return any(is_shown(node) for node in inline)


def _remove_empty(root: Element, notes: list[Note]) -> None:
    for element in reversed(root.select("p, strong, b, em, i, li, ul, ol, blockquote, a, del, s, strike, h2, h3, h4")):
        if element.parent is not None and not element.text.strip() and not has_image(element):
            if element.tag == "a" and (element.attr("href") or "#")[:1] != "#":
                notes.append(Note(Urgency.LOST, "a link without words was left out", element.attr("href") or ""))
            if element.tag in _MARKS:
                element.unwrap()
            else:
                element.extract()
