"""Mark up a term of the glossary where a body first uses it.

Other uses, headings, links and code are left alone, because many dotted lines make a page hard to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.util import AtomicString

_EXCLUDED_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a", "abbr", "code", "pre"})


class FirstUse(AbbrTreeprocessor):
    """Marks the first use of each term."""

    def run(self, root: Element) -> None:
        """Wrap the first use of each term below ``root`` in an ``abbr`` element."""
        if not self.abbrs:
            return
        # A search for all terms is slow, and most texts use few.
        words = "".join(root.itertext())
        longest_first = sorted((term for term in self.abbrs if term in words), key=lambda term: (-len(term), term))
        if not longest_first:
            return
        self._terms = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(term) for term in longest_first)})(?!\w)")
        self._seen: set[str] = set()
        self._mark(root)

    def _mark(self, element: Element) -> None:
        if element.tag in _EXCLUDED_TAGS:
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
        """Return the text before the first term, and an element for each term with the text after it."""
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
    """Python-Markdown's abbreviations, with a glossary that each text can change."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors."""
        super().extendMarkdown(md)
        marks_all = md.treeprocessors["abbr"]
        if isinstance(marks_all, AbbrTreeprocessor):
            md.treeprocessors.register(FirstUse(md, marks_all.abbrs), "abbr", 7)

    def use(self, glossary: Mapping[str, str]) -> None:
        """Set the glossary of the next text; must be called before ``Markdown.reset``."""
        self.glossary = dict(glossary)
