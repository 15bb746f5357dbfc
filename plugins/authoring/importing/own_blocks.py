"""Recognise quotations with a source and lists of questions, which have their own blocks on this site.

The blocks become paragraphs with markers in the tree, because HTML has no element for them.
"""

from __future__ import annotations

import re

from turbohtml import Element, Node, Text

from plugins.authoring.importing.html_blocks import HEADINGS
from plugins.authoring.importing.item import Note, Urgency

#: Enclose the first line of a block, and mark its last line. They are of the private use area.
OPEN, CLOSE, END = "\ue010", "\ue011", "\ue012"
_SOURCE = re.compile(r"\s*[—–―-]\s*(?=\S)")
#: Most characters of the source of a quotation.
_LONGEST_SOURCE = 120
_FEWEST_QUESTIONS = 2
_FEWEST_PARAGRAPHS = 3
_LONGEST_QUESTION = 200


def make_own_blocks(root: Element, notes: list[Note]) -> None:
    """Mark the quotations and lists of questions at the top level of ``root``."""
    for quote in root.select("blockquote"):
        if quote.parent == root:
            _make_quote(quote, notes)
    _gather_questions(root)
    for items in root.select("ul, ol"):
        if items.parent == root and _are_questions(items):
            _make_reflection(items, notes)


def _make_quote(quote: Element, notes: list[Note]) -> None:
    tops = [child for child in quote.children if isinstance(child, Element)]
    if len(tops) < 2 or tops[-1].tag != "p":  # noqa: PLR2004 - words, and who said them
        return
    last = tops[-1]
    words = " ".join(last.text.split())
    marked = bool(_SOURCE.match(words)) or last.attr("id") == _CITED
    if not marked or len(words) > _LONGEST_SOURCE or last.select_one("img, br") is not None:
        return
    begins = _SOURCE.match(words)
    source = _argument(words[begins.end() :] if begins else words)
    if not source or last.select_one("a") is not None:
        return
    last.extract()
    quote.insert_before(_line(f"{OPEN}quote | {source}{CLOSE}"))
    quote.insert_after(_line(END))
    quote.unwrap()
    notes.append(Note(Urgency.CHANGED, "a quotation with its source became a quote block", source))


#: The id of a paragraph that is the source of a quotation.
_CITED = "\ue013"


def mark_sources(root: Element) -> None:
    """Turn each element that names the source of a quotation into a paragraph, before ``cite`` is removed."""
    for source in root.select("blockquote footer, blockquote cite"):
        if source.closest(f"[id='{_CITED}']") is not None:
            continue
        holder = source.closest("p")
        if holder is not None and " ".join(holder.text.split()) == " ".join(source.text.split()):
            holder.attrs["id"] = _CITED
            source.unwrap()
            continue
        quote = source.closest("blockquote")
        if quote is not None:
            source.extract()
            source.tag = "p"
            source.attrs["id"] = _CITED
            quote.append(source)


def _gather_questions(root: Element) -> None:
    """Turn consecutive paragraphs that are one question each into a list."""
    run: list[Element] = []
    for child in [*root.children, None]:
        if isinstance(child, Text) and not child.data.strip():
            continue
        if isinstance(child, Element) and child.tag == "p" and _is_question(child):
            run.append(child)
            continue
        if len(run) >= _FEWEST_PARAGRAPHS:
            items = Element("ul")
            run[0].insert_before(items)
            for question in run:
                question.extract()
                question.tag = "li"
                items.append(question)
        run = []


def _are_questions(items: Element) -> bool:
    inner = [child for child in items.children if isinstance(child, Element)]
    return len(inner) >= _FEWEST_QUESTIONS and all(_is_question(child) for child in inner)


def _is_question(element: Element) -> bool:
    words = " ".join(element.text.split())
    plain = element.select_one("img, br, ul, ol, table, pre, blockquote") is None
    return plain and words.endswith("?") and words.count("?") == 1 and len(words) <= _LONGEST_QUESTION


def _make_reflection(items: Element, notes: list[Note]) -> None:
    before: Node | None = items.previous_sibling
    while isinstance(before, Text) and not before.data.strip():
        before = before.previous_sibling
    heading = ""
    if isinstance(before, Element) and before.tag in HEADINGS and before.select_one("a, img") is None:
        heading = _argument(" ".join(before.text.split()))
        before.extract()
    items.insert_before(_line(f"{OPEN}reflection{f' | {heading}' if heading else ''}{CLOSE}"))
    items.insert_after(_line(END))
    notes.append(Note(Urgency.CHANGED, "questions in a row became a reflection block", heading))


def _argument(words: str) -> str:
    return words.replace("|", "-").strip()


def _line(marker: str) -> Element:
    return Element("p", None, [Text(marker)])
