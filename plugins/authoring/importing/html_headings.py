"""Normalise heading levels: the first is ``h2``, and no level is skipped."""

from __future__ import annotations

import re
import unicodedata

from turbohtml import Element, Text

from plugins.authoring.importing.html_blocks import HEADINGS, to_bold
from plugins.authoring.importing.item import Note, Urgency, shortened

_DEEPEST = 6
#: A bold line longer than this, or one that ends like a sentence, is no heading.
_LONGEST = 80
_SENTENCE = re.compile(r"[.,;:…]\W*$")


def order_headings(root: Element, notes: list[Note]) -> None:
    """Renumber headings from ``h2`` without gaps. A short bold line above a text becomes a heading."""
    for heading in root.select(", ".join(HEADINGS)):
        if heading.parent != root:
            to_bold(heading)
        else:
            _make_plain(heading)
    tops = [child for child in root.children if isinstance(child, Element)]
    bold = [_is_bold_line(child, tops[place + 1 : place + 2]) for place, child in enumerate(tops)]
    levels: list[int] = []
    for child, is_bold in zip(tops, bold, strict=True):
        words = " ".join(child.text.split())[:_LONGEST]
        if child.tag in HEADINGS:
            level = int(child.tag[1])
            while levels and levels[-1] >= level:
                levels.pop()
            levels.append(level)
            depth = min(len(levels) + 1, _DEEPEST)
            if depth != level:
                notes.append(Note(Urgency.CHANGED, "the level of a heading changed", words))
            child.tag = f"h{depth}"
        elif is_bold:
            child.tag = f"h{min(len(levels) + 2, _DEEPEST)}"
            _make_plain(child)
            notes.append(Note(Urgency.CHANGED, "a bold line became a heading", words))


def take_out_title(root: Element, title: str, notes: list[Note]) -> None:
    """Remove a heading or bold line that begins the text and repeats its ``title``, which each page shows above it."""
    first = next((node for node in root.descendants if isinstance(node, Text) and node.data.strip()), None)
    if first is None or not isinstance(first.parent, Element):
        return
    line = first.parent.closest(", ".join((*HEADINGS, "p")))
    if line is None or line.select_one("img") is not None or not _is_same(line.text, title):
        return
    if line.tag in HEADINGS or first.parent.closest("strong, b") is not None:
        notes.append(
            Note(Urgency.LEFT_OUT, "a first heading that repeated the title was left out", shortened(line.text))
        )
        line.extract()


def _is_same(words: str, title: str) -> bool:
    """Tell whether ``words`` and ``title`` differ in case, spaces and punctuation only."""
    plain = [re.findall(r"\w+", unicodedata.normalize("NFKC", one).casefold()) for one in (words, title)]
    return plain[0] == plain[1] != []


def _make_plain(heading: Element) -> None:
    """Remove bold and line breaks from ``heading``. A heading without words becomes a paragraph."""
    for mark in heading.select("strong, b, br"):
        if mark.tag == "br":
            mark.replace_with(Text(" "))
        else:
            mark.unwrap()
    if not heading.text.strip():
        heading.tag = "p"


def _is_bold_line(element: Element, following: list[Element]) -> bool:
    words = " ".join(element.text.split())
    if element.tag != "p" or not words or len(words) > _LONGEST or _SENTENCE.search(words):
        return False
    if element.select_one("a, img, br, code") is not None:
        return False
    nodes = [node for node in element.children if not (isinstance(node, Text) and not node.data.strip())]
    if len(nodes) != 1 or not isinstance(nodes[0], Element) or nodes[0].tag not in {"strong", "b"}:
        return False
    return bool(following) and following[0].tag in {"p", "ul", "ol", "table", "blockquote", "dl"}
