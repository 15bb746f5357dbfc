"""Measure: what can be read off the HTML of a body: its words, its first paragraph, its anchors."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from plugins.markdown_blocks.sanitise import PHRASES

_WORD = re.compile(r"\S*\w\S*")
_VOID = frozenset({"br", "hr", "img", "source", "wbr"})
_WITHIN_WORDS = PHRASES - {"br"} | {"a"}


@dataclass(frozen=True, slots=True)
class Measures:
    """What was read.

    Attributes:
        words: how many words.
        prose: the text as readers see it, but for code.
        first_paragraph: the text of the first paragraph that stands outside any other element, or "".
        anchors: every id.
        repeated: every id that stands more than once.
    """

    words: int
    prose: str
    first_paragraph: str
    anchors: frozenset[str]
    repeated: frozenset[str]


def measure(html: str) -> Measures:
    """Return what can be read off ``html``, which must be sanitised: its elements nest and end."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Measures(
        words=sum(1 for _ in _WORD.finditer("".join(reader.text))),
        prose="".join(reader.prose),
        first_paragraph=" ".join("".join(reader.paragraph).split()),
        anchors=frozenset(reader.ids),
        repeated=frozenset(anchor for anchor, times in Counter(reader.ids).items() if times > 1),
    )


class _Reader(HTMLParser):
    """Collects text and ids."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.prose: list[str] = []
        self.paragraph: list[str] = []
        self.ids: list[str] = []
        self._open: list[str] = []
        self._in_paragraph = False
        self._note_mark = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = next((value for name, value in attrs if name == "id"), None)
        if anchor:
            self.ids.append(anchor)
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
            self.prose.append("\n")
            if self._in_paragraph:
                self.paragraph.append(" ")
        if tag in _VOID:
            return
        if tag == "p" and not self._open and not "".join(self.paragraph).strip():
            self._in_paragraph = True
        self._open.append(tag)
        if tag == "sup" and anchor and anchor.startswith("fnref") and not self._note_mark:
            self._note_mark = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _WITHIN_WORDS:
            self.text.append(" ")
        if len(self._open) == self._note_mark:
            self._note_mark = 0
        if self._open:
            self._open.pop()
        if not self._open:
            self._in_paragraph = False

    def handle_data(self, data: str) -> None:
        if self._note_mark:
            return
        self.text.append(data)
        if "code" not in self._open:
            self.prose.append(data)
        if self._in_paragraph:
            self.paragraph.append(data)
