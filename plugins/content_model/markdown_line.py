"""One line of Markdown with its kind, as the block scanner of ``markdown_blocks`` classifies it."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

#: Bullets of word processors, which are plain text in Markdown.
FOREIGN_BULLETS = ("•", "‣", "◦", "▪", "·", "●")
#: A list item whose hyphen a word processor replaced with an en dash.
_DASH_ITEM = re.compile(r"\s*–\s+\S")
#: A comment by the rules of HTML, which ``<!-->`` is too: https://html.spec.whatwg.org/#comment-start-state
COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


class LineKind(enum.Enum):
    """The kind of a line."""

    BLANK = enum.auto()
    TEXT = enum.auto()
    ITEM = enum.auto()
    HEADING = enum.auto()
    RULE = enum.auto()
    CODE = enum.auto()
    FENCE = enum.auto()
    COMMENT = enum.auto()
    HTML = enum.auto()
    SLASHES = enum.auto()


class Line(Struct, frozen=True):
    """One line of a source.

    Attributes:
        number: 0 for the first line.
        source: the line as written, without its end.
        text: the same without quote marks, its tabs as spaces.
        kind: what it is.
        depth: how many lists it stands in; an item counts its own list, a footnote counts as a list.
        indent: how many spaces it should begin with, or None to leave it as it is.
        prefix: the quote marks before it.
        gap: the blank line, with its quote marks, that must go before it for Python-Markdown to see what it is, or
            None.
        escape: True where Python-Markdown would take it for a list item, which it is not.
        unclear: True for a line that looks like a list item but stands within a paragraph.
        level: of a heading, 1 to 6; 0 for any other line.
        opens: True for the line that opens a fence of code, and for a line of a comment that stands by itself.
        closes: True for the line that ends a fence of code.
        comments: where comments stand in ``source``, each as the columns of its first character and after its last.
    """

    number: int
    source: str
    text: str
    kind: LineKind
    depth: int = 0
    indent: int | None = None
    prefix: str = ""
    gap: str | None = None
    escape: bool = False
    unclear: bool = False
    level: int = 0
    opens: bool = False
    closes: bool = False
    comments: tuple[tuple[int, int], ...] = ()

    def without_comments(self, filler: str = " ") -> str:
        """Return ``source`` with ``filler`` in place of each character of a comment, so that columns stay."""
        text = self.source
        for start, end in self.comments:
            text = text[:start] + filler * (end - start) + text[end:]
        return text


def without_code(text: str) -> str:
    """Return ``text``, one line, with spaces in place of code."""
    return _CODE_SPAN.sub(lambda match: " " * len(match[0]), text) if "`" in text else text


def foreign_items(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines that begin as word processors begin the items of lists, and that Markdown takes for text.

    An en dash is punctuation within a paragraph, and before a name below a quotation. It is the mark of an item where a
    paragraph begins, after a colon, and in a paragraph that has an item already.
    """
    begins, has_item = True, False
    for line in lines:
        is_text = line.kind is LineKind.TEXT
        dash = is_text and not line.prefix and (begins or has_item) and _DASH_ITEM.match(line.text) is not None
        if dash or (is_text and line.text.lstrip().startswith(FOREIGN_BULLETS)):
            yield line
        has_item = line.kind is LineKind.ITEM or (is_text and (has_item or dash))
        begins = not is_text or line.text.rstrip().endswith(":")
