"""Normalise the blocks of imported HTML: unwrap containers, and wrap bare text in paragraphs."""

from __future__ import annotations

from turbohtml import Element, Node, Text

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WRAPPERS = frozenset("div section article aside main header footer nav address center".split())  # noqa: SIM905
BLOCKS = frozenset({*_WRAPPERS, *HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "figure"})
#: Elements that hold blocks and have no meaning of their own.
_HOLDERS = frozenset({*_WRAPPERS, "blockquote", "li", "dd", "td", "th", "figure", "figcaption"})
_ROWS = frozenset({"ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr"})
#: Blocks whose inline content stays as it is.
_LINES = frozenset({"li", "dd", "td", "th", "figcaption"})
_INNER = frozenset({*_LINES, *_ROWS, "dt", "caption", "colgroup"})


def flatten(holder: Element) -> None:
    """Unwrap containers below ``holder``, and wrap bare text between blocks in paragraphs."""
    for child in list(holder.children):
        if isinstance(child, Element) and _flatten_child(child):
            # Its children are now children of the holder.
            flatten(holder)
            return
    if holder.tag == "figure" or (holder.tag in _LINES and not has_block(holder)):
        return
    wrap_bare(holder)
    for child in list(holder.children):
        if isinstance(child, Element) and child.tag in _WRAPPERS:
            child.unwrap()


def _flatten_child(child: Element) -> bool:
    """Flatten ``child``. Return True if it was an inline element around blocks, such as a link, and was unwrapped."""
    if child.tag in {"p", *HEADINGS}:
        lift_blocks(child)
    elif child.tag in _HOLDERS:
        flatten(child)
    elif child.tag in _ROWS:
        for inner in list(child.children):
            if isinstance(inner, Element):
                _flatten_row(inner)
    elif child.tag not in BLOCKS and next(child.iter_elements(BLOCKS), None) is not None:
        child.unwrap()
        return True
    return False


def _flatten_row(element: Element) -> None:
    if element.tag in {"li", "dd", "dt", "td", "th"}:
        flatten(element)
        return
    for inner in list(element.children):
        if isinstance(inner, Element):
            _flatten_row(inner)


def lift_blocks(paragraph: Element) -> None:
    """Unwrap each paragraph or heading that contains a block."""
    if next(paragraph.iter_elements(BLOCKS), None) is not None:
        paragraph.tag = "div"
        flatten(paragraph)


def has_block(element: Element) -> bool:
    """Tell whether a child of ``element`` is a block."""
    return any(isinstance(child, Element) and child.tag in BLOCKS for child in element.children)


def wrap_bare(holder: Element) -> None:
    """Wrap each run of inline nodes between the blocks of ``holder`` in a paragraph."""
    run: list[Node] = []
    for child in [*holder.children, None]:
        if child is not None and not (isinstance(child, Element) and (child.tag in BLOCKS or child.tag in _INNER)):
            run.append(child)
            continue
        if any(is_shown(node) for node in run):
            paragraph = Element("p")
            run[0].insert_before(paragraph)
            for node in run:
                paragraph.append(node.extract())
        run = []


def is_shown(node: Node) -> bool:
    """Tell whether ``node`` has visible content."""
    if isinstance(node, Text):
        return bool(node.data.strip())
    return isinstance(node, Element) and (node.tag == "img" or bool(node.text.strip()) or has_image(node))


def has_image(node: Element) -> bool:
    """Tell whether ``node`` contains a picture."""
    return node.select_one("img") is not None


def to_bold(heading: Element) -> None:
    """Turn ``heading`` into a bold paragraph."""
    heading.tag = "p"
    heading.wrap_children(Element("strong"))
