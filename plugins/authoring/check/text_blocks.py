"""Extract the texts of an entry as readers see them, with the file position of each character."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from plugins.base.problem import Position
from plugins.content_model.markdown_line import Line, LineKind, without_code


class Form(enum.Enum):
    """What a passage is: only paragraphs are made of sentences throughout."""

    PARAGRAPH = enum.auto()
    ITEM = enum.auto()
    HEADING = enum.auto()
    TABLE = enum.auto()


class Passage(Struct, frozen=True):
    """A paragraph, an item, a heading or a table of a body.

    Attributes:
        form: what it is.
        text: what readers read, with spaces in place of Markdown's marks, so that every character keeps its column.
        first_line: the file's line on which it begins.
        quoted: True for what somebody else said.
    """

    form: Form
    text: str
    first_line: int
    quoted: bool = False

    def position(self, offset: int) -> Position:
        """Return the place in the file of the character at ``offset`` of the text."""
        return Position(self.first_line).within(self.text, offset)


#: Marks that readers do not see. Of a link and a picture the words in square brackets stay.
_MARKS = re.compile(
    r"""\]\((?:[^()\n]|\([^()\n]*\))*\)          # where a link leads
    | ^\ {0,3}\[[^\]]+\]:\s*\S+.*$               # a link's address, kept apart
    | \[\^[^\]]+\]:?                             # a footnote's mark
    | <[a-zA-Z/!][^>]*>                          # a tag, or an address
    | (?:https?://|www\.)[^\s<>]+
    | \{[:#.][^}\n]*\}                           # an attribute list
    | [*~]+ | (?<!\w)_+ | _+(?!\w) | !?\[ | \]
    | \\(?=[^\w\s]) | \\$
    | ^\ *(?:>\ ?)+ | ^\ *(?:[-+*]|\d{1,9}[.)])\ + | ^\ *\#{1,6}\ + | ^\ *:\ +
    """,
    re.VERBOSE,
)
_TABLE_RULE = re.compile(r"\s*+\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)*\|?\s*+")
_OPENER = re.compile(r"\s*/{3,}\s*([\w-]*)")


def plain(text: str) -> str:
    """Return ``text``, one line as written, with spaces in place of code and of Markdown's marks."""
    return _MARKS.sub(lambda match: " " * len(match[0]), without_code(text))


def passages(lines: Sequence[Line], first_line: int) -> tuple[Passage, ...]:
    """Return the passages of a body in order; code, comments and HTML are none.

    Args:
        lines: the outline of the body.
        first_line: the file's line on which the body begins.
    """
    return tuple(_Reader(first_line).read(lines))


class _Reader:
    """Puts lines together to passages."""

    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._blocks: list[str] = []
        self._open: list[Line] = []

    def read(self, lines: Sequence[Line]) -> Iterator[Passage]:
        for line in lines:
            if line.kind is LineKind.HEADING and self._open and not line.text.lstrip().startswith("#"):
                yield from self._close(Form.HEADING)  # the underline of the heading above it
            elif line.kind is LineKind.HEADING:
                yield from self._close()
                self._open = [line]
                yield from self._close(Form.HEADING)
            elif line.kind is LineKind.ITEM or (line.kind is LineKind.TEXT and not self._open):
                yield from self._close()
                self._open = [line]
            elif line.kind is LineKind.TEXT and bool(line.prefix) == bool(self._open[-1].prefix):
                self._open.append(line)
            else:
                yield from self._close()
                if line.kind is LineKind.TEXT:
                    self._open = [line]
                elif line.kind is LineKind.SLASHES:
                    self._slashes(line)
        yield from self._close()

    def _slashes(self, line: Line) -> None:
        found = _OPENER.match(line.text)
        if found and found[1]:
            self._blocks.append(found[1])
        elif self._blocks:
            self._blocks.pop()

    def _close(self, form: Form | None = None) -> Iterator[Passage]:
        if not self._open:
            return
        first, *others = self._open
        if form is None:
            form = Form.ITEM if first.kind is LineKind.ITEM or first.depth else Form.PARAGRAPH
            if others and _TABLE_RULE.fullmatch(others[0].text):
                form = Form.TABLE
        text = "\n".join(plain(line.without_comments()) for line in self._open)
        quoted = bool(first.prefix) or "quote" in self._blocks
        self._open = []
        if text.strip():
            yield Passage(form, text, self._first_line + first.number, quoted)
