"""Make blocks of all that stands in the tree of a foreign text, and take away what only wraps them."""

from __future__ import annotations

from turbohtml import Element, Node, Text

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_WRAPPERS = frozenset("div section article aside main header footer nav address center".split())  # noqa: SIM905
BLOCKS = frozenset({*_WRAPPERS, *HEADINGS, "p", "ul", "ol", "dl", "table", "blockquote", "pre", "hr", "figure"})
#: What holds blocks and is not one of them.
_HOLDERS = frozenset({*_WRAPPERS, "blockquote", "li", "dd", "td", "th", "figure", "figcaption"})
_ROWS = frozenset({"ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr"})
#: Those that hold words of a line as they are.
_LINES = frozenset({"li", "dd", "td", "th", "figcaption"})
_INNER = frozenset({*_LINES, *_ROWS, "dt", "caption", "colgroup"})


def flatten(holder: Element) -> None:
    """Take away wrappers below ``holder``, and put what stands bare between blocks into paragraphs."""
    for child in list(holder.children):
        if isinstance(child, Element) and _flatten_child(child):
            # What it held is now a child of its own.
            flatten(holder)
            return
    if holder.tag == "figure" or (holder.tag in _LINES and not has_block(holder)):
        return
    wrap_bare(holder)
    for child in list(holder.children):
        if isinstance(child, Element) and child.tag in _WRAPPERS:
            child.unwrap()


def _flatten_child(child: Element) -> bool:
    """Flatten ``child``; return True where it was a mark of a line around blocks, such as a link, and is unwrapped."""
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
    """Unwrap a paragraph or a heading that holds a block, as some programs write them."""
    if next(paragraph.iter_elements(BLOCKS), None) is not None:
        paragraph.tag = "div"
        flatten(paragraph)


def has_block(element: Element) -> bool:
    """Tell whether a child of ``element`` is a block."""
    return any(isinstance(child, Element) and child.tag in BLOCKS for child in element.children)


def wrap_bare(holder: Element) -> None:
    """Put each run of words that stands between blocks of ``holder`` into a paragraph."""
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
    """Tell whether readers see anything of ``node``."""
    if isinstance(node, Text):
        return bool(node.data.strip())
    return isinstance(node, Element) and (node.tag == "img" or bool(node.text.strip()) or has_image(node))


def has_image(node: Element) -> bool:
    """Tell whether ``node`` holds a picture."""
    return node.select_one("img") is not None


def to_bold(heading: Element) -> None:
    """Make a paragraph in bold of ``heading``."""
    heading.tag = "p"
    heading.wrap_children(Element("strong"))
