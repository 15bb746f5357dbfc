"""Extract words, first paragraph and anchors from the HTML of a body."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from msgspec import Struct

from plugins.markdown_blocks.sanitise import PHRASES, TAG

_ID = re.compile(r"(?: [a-z-]+=\"[^\"]*\")*? id=\"([^\"]+)\"")
#: A letter, a digit or a low line.
_LETTER = re.compile(r"\w")
_VOID = frozenset({"br", "hr", "img", "source", "wbr"})
#: Stands between two blocks of the prose. A form feed is no character of any text.
BLOCK_BREAK = "\n\f\n"
_WITHIN_WORDS = PHRASES - {"br"} | {"a"}


class Measures(Struct, frozen=True):
    """The properties of a body.

    Attributes:
        words: number of words.
        prose: the text as readers see it, without code, with ``BLOCK_BREAK`` where a block begins.
        first_paragraph: the text of the first paragraph outside of other elements, or "".
        anchors: every id.
        repeated: every id that occurs more than once.
    """

    words: int
    prose: str
    first_paragraph: str
    anchors: frozenset[str]
    repeated: frozenset[str]


def measure(html: str) -> Measures:
    """Return the properties of ``html``, which must be sanitised and therefore well-formed."""
    reader = _Reader()
    # The text before the first tag; then, of each tag: its slash, its name, its attributes, the text after it.
    before, *parts = TAG.split(html)
    reader.text(before)
    for slash, tag, attributes, text in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True):
        if slash:
            reader.end(tag)
        else:
            reader.begin(tag, attributes)
        if text:
            reader.text(text)
    return reader.measures()


class _Reader:
    """Collects texts and ids."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._prose: list[str] = []
        self._paragraph: list[str] = []
        self._ids: list[str] = []
        self._depth = 0  # number of open elements
        self._codes = 0  # number of open code elements
        self._note_mark = 0  # depth of the open footnote reference, or 0
        self._in_paragraph = False

    def begin(self, tag: str, attributes: str) -> None:
        """Handle a start tag."""
        anchor = ""
        if attributes and (found := _ID.match(attributes)):
            anchor = unescape(found[1])
            self._ids.append(anchor)
        if tag not in _WITHIN_WORDS:
            self._words.append(" ")
            self._prose.append("\n" if tag == "br" else BLOCK_BREAK)
            if self._in_paragraph:
                self._paragraph.append(" ")
        if tag in _VOID:
            return
        if tag == "p" and not self._depth and not "".join(self._paragraph).strip():
            self._in_paragraph = True
        self._depth += 1
        if tag == "code":
            self._codes += 1
        elif tag == "sup" and anchor.startswith("fnref") and not self._note_mark:
            self._note_mark = self._depth

    def end(self, tag: str) -> None:
        """Handle an end tag."""
        if tag not in _WITHIN_WORDS:
            self._words.append(" ")
        if tag == "code":
            self._codes -= 1
        if self._depth == self._note_mark:
            self._note_mark = 0
        self._depth -= 1
        if not self._depth:
            self._in_paragraph = False

    def text(self, text: str) -> None:
        """Handle the text between two tags."""
        if self._note_mark:
            return
        if "&" in text:
            text = unescape(text)
        self._words.append(text)
        if not self._codes:
            self._prose.append(text)
        if self._in_paragraph:
            self._paragraph.append(text)

    def measures(self) -> Measures:
        """Return the collected properties."""
        return Measures(
            words=_word_count("".join(self._words)),
            prose="".join(self._prose),
            first_paragraph=" ".join("".join(self._paragraph).split()),
            anchors=frozenset(self._ids),
            repeated=frozenset(anchor for anchor, times in Counter(self._ids).items() if times > 1),
        )


def _word_count(text: str) -> int:
    """Return the number of words. Signs between spaces are none."""
    parts = text.split()
    return len(parts) - sum(_LETTER.search(part) is None for part in parts if not part[0].isalnum())
