"""Classify each line of a Markdown source.

Python-Markdown keeps no positions and reports no errors. The check, the look-up of positions and the normalisation of
lists use this outline, and the renderer gets its lines.

Rules for lists:

- A marker is ``-``, ``*`` or ``+``, or a number of one or two digits with ``.`` or ``)``, and a space before the
  text. A longer number is a marker only if it follows the number of the item before it, so "1986. A year" is text.
- An item indented by two or more spaces beyond the marker of another is nested in it; less than two, it is its
  sibling.
- Straight after a line of a paragraph, a marker begins a list only if that line ends in a colon, or if a second
  marker of the same list, or one nested in it, follows before the next blank line; a number must also begin at 1.
  Any other marker is part of its sentence.
- After a blank line, text indented by two or more spaces beyond a marker belongs to that item, and by eight or more
  it is code. Outside a list, code is what is indented by four or more.

Comments are removed, except in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown.util import BLOCK_LEVEL_ELEMENTS, ETX, STX
from msgspec.structs import replace

from plugins.base.line_ends import unix_line_ends
from plugins.content_model.invisible_characters import is_blank
from plugins.content_model.markdown_line import Line, LineKind
from plugins.markdown_blocks.comments import BEGIN, Comments, as_written
from plugins.markdown_blocks.list_levels import NESTING, TAB, ListLevels, Marker
from plugins.markdown_blocks.spaces import with_plain_spaces
from plugins.markdown_blocks.table_head import begins_table

#: The greatest depth of nested quotations, a limit for a file full of ``>``.
MAX_QUOTE_DEPTH = 5
#: The most lines in which the end of a raw HTML element is searched for.
MAX_HTML_LINES = 200

#: The opening line of a fence of code: three or more backticks or tildes, and the language.
FENCE = re.compile(r"(?P<indent> *)(?P<fence>`{3,}+(?=[^`]*$)|~{3,}+) *+(?P<info>.*)")

_NOTE = re.compile(r" {0,3}(?:\[\^[^\]]+\]:|: )")
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *")
_HASHES = re.compile(r"#{1,6}")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_QUOTE = re.compile(r" {0,3}> ?")
_SLASHES = re.compile(r" */{3}")
_TAG = re.compile(r" {0,3}<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)")
_BLOCK_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS)


def source_lines(text: str) -> list[str]:
    """Return the lines of ``text`` without line ends, byte order mark and the control characters Markdown reserves."""
    return unix_line_ends(text.removeprefix("\ufeff")).replace(STX, "").replace(ETX, "").split("\n")


def outline(text: str) -> tuple[Line, ...]:
    """Return the classified lines of ``text``.

    Args:
        text: a Markdown source; any text is accepted.
    """
    return tuple(as_written(line) for line in _Reader(source_lines(text)).read())


class _Reader:
    """Classifies lines in order, and tracks open lists, paragraphs and code."""

    def __init__(self, source: Sequence[str], quote_depth: int = 0) -> None:
        self._source = source
        self._texts = [with_plain_spaces(line).expandtabs(TAB) for line in source]
        self._comments = Comments(self._texts)
        self._quote_depth = quote_depth
        self._levels = ListLevels()
        self._never_closed = set[str]()  # fences that no later line closes
        self._after_blank = True
        self._paragraph = 0  # lines of the paragraph that is open
        self._later = False  # that paragraph is not the first one of its list item
        self._code = False

    def read(self) -> Iterator[Line]:
        """Yield the classified lines."""
        at = 0
        while at < len(self._source):
            lines = self._read_at(at)
            yield from lines
            at += len(lines)

    def _read_at(self, at: int) -> list[Line]:
        """Return the line at ``at``, and the following lines of the same fence, element or quotation."""
        text = self._texts[at]
        indent = len(text) - len(text.lstrip(" "))
        alone = self._comments.is_alone(at)
        if BEGIN in text and not self._is_code(text, indent) and not self._begins_quote(text, indent):
            text = self._comments.cut(at)
            alone = True if alone is None else alone
        if not text.strip() or (not text.isascii() and is_blank(text)):
            return [self._empty(at, alone=alone)]
        lines = self._filled(at, text, len(text) - len(text.lstrip(" ")))
        self._after_blank, self._code = False, lines[-1].kind is LineKind.CODE
        return lines

    def _empty(self, at: int, *, alone: bool | None) -> Line:
        """Return a line without text; ``alone`` is False for one within a comment that follows text, None outside."""
        if alone is not False:
            self._after_blank, self._paragraph = True, 0
        kind = LineKind.BLANK if alone is None else LineKind.COMMENT
        return self._line(at, kind, text="", opens=alone is True)

    def _filled(self, at: int, text: str, indent: int) -> list[Line]:
        if self._is_code(text, indent):
            self._paragraph = 0
            depth = len(self._levels)
            inside = TAB * (depth - 1) + indent - self._levels.indent if depth else None
            return [self._line(at, LineKind.CODE, indent=inside)]
        # Only text begins with a letter. Most lines do.
        if text[indent].isalpha():
            return [self._text(at, indent)]
        for several in (self._fence, self._html, self._quote):
            if lines := several(at, text, indent):
                return lines
        return [self._single(at, text, indent)]

    def _single(self, at: int, text: str, indent: int) -> Line:
        """Return a line that does not depend on the lines after it."""
        if _SLASHES.match(text):
            self._leave_paragraph(indent)
            return self._line(at, LineKind.SLASHES, indent=TAB * len(self._levels))
        underlines = self._paragraph == 1 and not self._levels and _UNDERLINE.fullmatch(text) is not None
        if _RULE.fullmatch(text) and not underlines and (indent < TAB or self._levels.hold(indent)):
            gap, listed = "" if self._paragraph else None, len(self._levels) > 0
            self._leave_paragraph(indent)
            return self._line(at, LineKind.RULE, indent=TAB * len(self._levels) if listed else None, gap=gap)
        if hashes := _HASHES.match(text):
            self._leave_paragraph(0)
            return replace(self._line(at, LineKind.HEADING), level=len(hashes[0]))
        if underlines:
            self._leave_paragraph(0)
            return replace(self._line(at, LineKind.HEADING), level=1 if text[0] == "=" else 2)
        if marker := Marker.of(text):
            return self._marked(at, marker)
        if _NOTE.match(text) and not self._levels.hold(indent):
            self._levels.open_note()
            self._paragraph, self._later = 1, False
            return self._line(at, LineKind.TEXT, indent=0)
        return self._text(at, indent)

    def _text(self, at: int, indent: int, *, marker: bool = False, unclear: bool = False) -> Line:
        """Return a line of a paragraph; ``marker`` if it begins like a list item."""
        gap = None
        if self._paragraph and not self._levels and begins_table(self._texts, at):
            gap, self._paragraph = "", 0
        begins, listed = not self._paragraph, len(self._levels) > 0
        if self._after_blank:
            self._levels.leave(indent)
            self._later = len(self._levels) > 0
        self._paragraph += 1
        depth = len(self._levels)
        as_it_is = not listed or (not self._after_blank and depth == 1 and not self._later)
        line = self._line(at, LineKind.TEXT, indent=None if as_it_is else TAB * depth, gap=gap)
        return replace(line, escape=begins or depth > 0, unclear=unclear) if marker else line

    def _marked(self, at: int, marker: Marker) -> Line:
        """Return a line that begins like a list item, as an item or as text."""
        joins = self._levels.joins(marker)
        if marker.wide and not (self._levels.counts_on(marker) and (joins or self._after_blank)):
            return self._text(at, marker.indent, marker=True)
        gap = None
        if self._paragraph and (self._later or not joins):
            ends_paragraph = self._later and marker.indent < self._levels.indent + NESTING
            if not ends_paragraph and not self._starts_list(at, marker):
                return self._text(at, marker.indent, marker=True, unclear=True)
            gap = ""
        self._levels.place(marker)
        self._paragraph, self._later = 1, False
        return self._line(at, LineKind.ITEM, indent=TAB * (len(self._levels) - 1), gap=gap)

    def _starts_list(self, at: int, marker: Marker) -> bool:
        """Return whether ``marker``, straight after a line of a paragraph, begins a list."""
        if marker.number not in (None, 1):
            return False
        if self._texts[at - 1].rstrip(" *_").endswith(":"):
            return True
        for text in self._texts[at + 1 :]:
            if not text.strip() or any(ends.match(text) for ends in (_SLASHES, _QUOTE, _HASHES, _RULE)):
                return False
            other = Marker.of(text)
            if other and not other.wide:
                return marker.is_followed_by(other)
        return False

    def _is_code(self, text: str, indent: int) -> bool:
        if self._paragraph:
            return False
        if not self._levels:
            return indent >= TAB
        return indent >= self._levels.indent + 2 * TAB and (self._after_blank or self._code or Marker.of(text) is None)

    def _leave_paragraph(self, indent: int) -> None:
        self._levels.leave(indent)
        self._paragraph, self._later = 0, False

    def _fence(self, at: int, text: str, indent: int) -> list[Line]:
        opening = FENCE.fullmatch(text)
        if opening is None:
            return []
        fence = opening["fence"]
        closing = re.compile(rf" *{re.escape(fence[0])}{{{len(fence)},}} *")
        end = None
        if fence not in self._never_closed:
            end = next((n for n in range(at + 1, len(self._texts)) if closing.fullmatch(self._texts[n])), None)
        if end is None:
            self._never_closed.add(fence)
            return []
        if self._after_blank or indent < NESTING:
            self._levels.leave(indent)
        self._paragraph, self._later = 0, False
        shift = TAB * len(self._levels)
        content = [
            self._line(n, LineKind.FENCE, indent=shift, text=_dedent(self._texts[n], indent))
            for n in range(at + 1, end)
        ]
        return [
            replace(self._line(at, LineKind.FENCE, indent=shift, text=text[indent:]), opens=True),
            *content,
            replace(self._line(end, LineKind.FENCE, indent=shift, text=fence), closes=True),
        ]

    def _html(self, at: int, text: str, indent: int) -> list[Line]:
        """Return the lines of a raw HTML block element that begins at ``at``."""
        tag = _TAG.match(text)
        if tag is None or self._levels.hold(indent) or tag["name"].lower() not in _BLOCK_TAGS:
            return []
        end = at if tag["end"] else self._element_end(at, tag["name"].lower())
        left = len(self._levels) > 0
        self._leave_paragraph(0)
        first = self._line(at, LineKind.HTML, indent=0 if left else None)
        return [first, *(self._line(n, LineKind.HTML) for n in range(at + 1, end + 1))]

    def _element_end(self, at: int, name: str) -> int:
        """Return where the element that begins at ``at`` ends, or the last line before a blank one if it does not."""
        tags = re.compile(rf"<(/?){name}\b", re.IGNORECASE)
        depth = 0
        for number in range(at, min(len(self._texts), at + MAX_HTML_LINES)):
            for tag in tags.finditer(self._texts[number]):
                depth += -1 if tag[1] else 1
            if depth <= 0:
                return number
        blank = (n for n in range(at, len(self._texts)) if not self._texts[n].strip())
        return next(blank, len(self._texts)) - 1

    def _quote(self, at: int, text: str, indent: int) -> list[Line]:
        """Return the lines of a quotation, classified without their ``>``."""
        if not self._begins_quote(text, indent):
            return []
        prefixes = []
        for following in self._texts[at:]:
            prefix = _QUOTE.match(following)
            if prefix is None:
                break
            prefixes.append(prefix[0])
        gap = "" if self._paragraph and self._levels else None
        self._leave_paragraph(0)
        inner = [self._texts[at + n][len(prefix) :] for n, prefix in enumerate(prefixes)]
        lines = [
            replace(
                line,
                number=at + line.number,
                source=self._source[at + line.number],
                prefix=prefixes[line.number].lstrip() + line.prefix,
                gap=None if line.gap is None else (prefixes[line.number].lstrip() + line.gap).rstrip(),
                comments=_moved(line.comments, len(prefixes[line.number])),
            )
            for line in _Reader(inner, self._quote_depth + 1).read()
        ]
        self._paragraph = int(lines[-1].kind in (LineKind.TEXT, LineKind.ITEM))
        return [replace(lines[0], gap=gap), *lines[1:]]

    def _begins_quote(self, text: str, indent: int) -> bool:
        return bool(_QUOTE.match(text)) and self._quote_depth < MAX_QUOTE_DEPTH and not self._levels.hold(indent)

    def _line(
        self, at: int, kind: LineKind, *, text: str | None = None, indent: int | None = None, gap: str | None = None,
        opens: bool = False,
    ) -> Line:  # fmt: skip
        text = self._texts[at] if text is None else text
        source, depth, comments = self._source[at], len(self._levels), self._comments.on(at)
        return Line(at, source, text, kind, depth, indent, gap=gap, opens=opens, comments=comments)


def _moved(spans: Iterable[tuple[int, int]], by: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + by, end + by) for start, end in spans)


def _dedent(text: str, indent: int) -> str:
    """Return ``text`` without up to ``indent`` leading spaces."""
    return text[min(indent, len(text) - len(text.lstrip(" "))) :]
