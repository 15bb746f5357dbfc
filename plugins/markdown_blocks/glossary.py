"""Glossary: explains a term where it is first used.

Only the first use in a body is marked, and none in a heading, a link or code: a page full of dotted lines is hard
to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.util import AtomicString

_PASSED_OVER = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a", "abbr", "code", "pre"})


class FirstUse(AbbrTreeprocessor):
    """Marks the first use of each term."""

    def run(self, root: Element) -> None:
        """Put an ``abbr`` around the first use of each term below ``root``."""
        if not self.abbrs:
            return
        # Most texts use few of the terms, and a search for all of them is slow.
        words = "".join(root.itertext())
        longest_first = sorted((term for term in self.abbrs if term in words), key=lambda term: (-len(term), term))
        if not longest_first:
            return
        self._terms = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(term) for term in longest_first)})(?!\w)")
        self._seen: set[str] = set()
        self._mark(root)

    def _mark(self, element: Element) -> None:
        if element.tag in _PASSED_OVER:
            return
        children = list(element)
        text, marks = self._split(element.text)
        element.text = text
        for offset, mark in enumerate(marks):
            element.insert(offset, mark)
        for child in children:
            self._mark(child)
            tail, marks = self._split(child.tail)
            child.tail = tail
            at = list(element).index(child) + 1
            for offset, mark in enumerate(marks):
                element.insert(at + offset, mark)

    def _split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Return what comes before the first term in ``text``, and an element for each term with what follows it."""
        if not text or isinstance(text, AtomicString):
            return text, []
        marks: list[Element] = []
        before, end = text, 0
        for match in self._terms.finditer(text):
            term = match[0]
            if term in self._seen or not self.abbrs[term]:
                continue
            self._seen.add(term)
            if marks:
                marks[-1].tail = text[end : match.start()]
            else:
                before = text[: match.start()]
            mark = Element("abbr", {"title": self.abbrs[term]})
            mark.text = AtomicString(term)
            marks.append(mark)
            end = match.end()
            mark.tail = text[end:]
        return before, marks


class Glossary(AbbrExtension):
    """Python-Markdown's abbreviations, with a glossary that changes from text to text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors."""
        super().extendMarkdown(md)
        marks_all = md.treeprocessors["abbr"]
        if isinstance(marks_all, AbbrTreeprocessor):
            md.treeprocessors.register(FirstUse(md, marks_all.abbrs), "abbr", 7)

    def use(self, glossary: Mapping[str, str]) -> None:
        """Explain these terms in the next text; call before the Markdown instance is reset."""
        self.glossary = dict(glossary)
