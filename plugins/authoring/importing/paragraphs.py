"""Convert the line breaks of WordPress's classic editor to paragraphs and ``br`` elements.

A blank line separates paragraphs, and a single line break becomes ``br``. The rules are those of ``wpautop``, but
applied to a parsed tree, because ``wpautop`` mistakes a ``<`` in an attribute for a tag.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator

from turbohtml import Element, Node, Text, parse_fragment

from plugins.authoring.importing.html_cleaning import is_too_deep
from plugins.base.line_ends import unix_line_ends

_BLOCKS = frozenset(
    """address article aside blockquote body caption center col colgroup dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main map math menu nav noscript ol optgroup option
    p pre section select summary style script table tbody td textarea tfoot th thead tr ul iframe object svg video
    audio""".split()  # noqa: SIM905 - a list of words is read as words
)
#: In these, every text becomes a paragraph.
_HOLDS_PARAGRAPHS = frozenset({"blockquote", "div", "section", "article", "aside", "main", "center", "body"})
#: In these, text becomes paragraphs only if it contains a blank line.
_MAY_HOLD_PARAGRAPHS = frozenset({"li", "dd", "td", "th"})
#: These count as one paragraph.
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "figcaption"})
#: In these, line breaks are left alone.
_LEFT_ALONE = frozenset({"pre", "script", "style", "svg", "object", "video", "audio", "select", "textarea", "math"})
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_INLINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")


def with_paragraphs(html: str) -> str:
    """Return ``html`` with its line breaks converted."""
    root = parse_fragment(unix_line_ends(html))
    if is_too_deep(root):
        return html  # the caller reports it
    _fill(root, always=True)
    return root.inner_html


def _fill(holder: Element, *, always: bool) -> None:
    """Wrap the inline nodes of ``holder`` in paragraphs. Unless ``always``, only if they contain a blank line."""
    for child in holder.children:
        if isinstance(child, Element) and child.tag not in _LEFT_ALONE:
            _fill_child(child)
    runs = _runs(holder)
    if always or any(map(_has_blank_line, runs)):
        for run in runs:
            _as_paragraphs(holder, run)
    else:
        for run in runs:
            _break_run(run, tight=True)


def _fill_child(child: Element) -> None:
    if child.tag in _HOLDS_PARAGRAPHS:
        _fill(child, always=True)
    elif child.tag in _MAY_HOLD_PARAGRAPHS:
        _fill(child, always=False)
    elif child.tag in _LINES:
        _break_run(list(child.children), tight=False)
    elif child.tag in _BLOCKS:
        _fill_below(child)


def _runs(holder: Element) -> list[list[Node]]:
    """Return the runs of inline nodes between the blocks of ``holder``."""
    runs: list[list[Node]] = [[]]
    for child in holder.children:
        if isinstance(child, Element) and (child.tag in _BLOCKS or _has_block(child)):
            runs.append([])
        else:
            runs[-1].append(child)
    return [run for run in runs if run]


def _fill_below(element: Element) -> None:
    for child in list(element.children):
        if isinstance(child, Element) and child.tag not in _LEFT_ALONE:
            if child.tag in _MAY_HOLD_PARAGRAPHS:
                _fill(child, always=False)
            elif child.tag in _HOLDS_PARAGRAPHS:
                _fill(child, always=True)
            else:
                _fill_below(child)


def _has_block(element: Element) -> bool:
    return element.tag != "p" and next(element.iter_elements(_BLOCKS), None) is not None


def _has_blank_line(run: Iterable[Node]) -> bool:
    return bool(_BLANK_LINE.search("".join(node.text for node in run).strip()))


def _as_paragraphs(holder: Element, run: list[Node]) -> None:
    """Replace ``run`` by paragraphs, split at its blank lines."""
    paragraphs: list[list[Node]] = [[]]
    for node in run:
        first, *more = _parted(node)
        paragraphs[-1].extend(first)
        paragraphs.extend(more)
    marker = Text("")
    run[0].insert_before(marker)
    for node in run:
        node.extract()
    for nodes in paragraphs:
        if not any(_is_seen(node) for node in nodes):
            continue
        paragraph = Element("p")
        for node in nodes:
            paragraph.append(node)
        _break_run(list(paragraph.children), tight=False)
        marker.insert_before(paragraph)
    marker.extract()
    holder.normalize()


def _is_seen(node: Node) -> bool:
    if isinstance(node, Element):
        return True
    return isinstance(node, Text) and bool(node.data.strip())


def _parted(node: Node) -> list[list[Node]]:
    """Split ``node`` at its blank lines. Open elements are closed and reopened at each split."""
    if isinstance(node, Text):
        return [[Text(part)] if part else [] for part in _BLANK_LINE.split(node.data)]
    if not isinstance(node, Element) or node.tag in _LEFT_ALONE or not _BLANK_LINE.search(node.text):
        return [[node]]
    parts: list[list[Node]] = [[]]
    for child in list(node.children):
        child.extract()
        first, *more = _parted(child)
        parts[-1].extend(first)
        parts.extend(more)
    made: list[list[Node]] = []
    for nodes in parts:
        again = copy.copy(node)
        again.clear()
        for inner in nodes:
            again.append(inner)
        made.append([again] if any(_is_seen(inner) for inner in nodes) else [])
    return made


def _break_run(run: list[Node], *, tight: bool) -> None:
    """Replace each line break in ``run`` by ``br``. If ``tight``, those at its edges are ignored."""
    texts = [node for top in run for node in _texts(top)]
    for number, text in enumerate(texts):
        before, after = text.previous_sibling, text.next_sibling
        data = text.data
        if number == 0 and (tight or before is None):
            data = data.lstrip("\n")
        if number == len(texts) - 1 and after is None:
            data = data.rstrip()
        if "\n" not in data:
            if data != text.data:
                text.data = data
            continue
        pieces = _INLINE_BREAK.split(data)
        nodes: list[Node] = []
        for place, piece in enumerate(pieces):
            if place:
                at_edge = (place == 1 and not pieces[0].strip() and _is_break(before)) or (
                    place == len(pieces) - 1 and not piece.strip() and _is_break(after)
                )
                nodes.append(Text("\n") if at_edge else Element("br"))
            if piece:
                nodes.append(Text(piece))
        text.replace_with(*nodes)


def _is_break(node: Node | None) -> bool:
    """Tell whether ``node`` is a ``br`` or a block, so that an adjacent line break is redundant."""
    return isinstance(node, Element) and (node.tag == "br" or node.tag in _BLOCKS)


def _texts(node: Node) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Element) and node.tag not in _LEFT_ALONE and node.tag not in _BLOCKS:
        for child in node.children:
            yield from _texts(child)
