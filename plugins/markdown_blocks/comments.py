"""Remove comments from the lines of a source by the rules of HTML.

Python-Markdown and Python's own parser end comments in other places than browsers and nh3, so words between two such
places would be published without checks. No other module recognises comments. Text that looks like a comment after
this step is shown to readers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from plugins.base.problem import Problem
from plugins.content_model.markdown_line import COMMENT, Line, without_code
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.list_levels import TAB

BEGIN = "<!--"
_END = re.compile(r"--!?>")


class Comments:
    """The comments of a list of lines.

    Args:
        texts: the lines; ``cut`` removes comments from this list.
    """

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._whole = tuple(texts)
        self._found: dict[int, list[tuple[int, int]]] = {}
        self._within: dict[int, bool] = {}
        self._never_ends = len(texts)

    def on(self, at: int) -> tuple[tuple[int, int], ...]:
        """Return the start and end columns of the comments on the line ``at``."""
        return tuple(self._found.get(at, ()))

    def is_alone(self, at: int) -> bool | None:
        """Return whether the comment that continues on the line ``at`` began a line; None without one."""
        return self._within.get(at)

    def cut(self, at: int) -> str:
        """Remove the comments that begin on the line ``at``, and return the rest of the line."""
        text, start = self._texts[at], 0
        found = self._found.setdefault(at, [])
        # The end of a comment from a line above may be removed already, with the spaces after it.
        gone = len(self._whole[at]) - len(text)
        masked = without_code(text)
        while (start := masked.find(BEGIN, start)) >= 0:
            end_line, end = self._end(at, text, start)
            if end_line < 0:
                break
            if end_line == at:
                found.append((gone + start, gone + end))
                kept = text[end:] if text[:start].strip() else text[end:].lstrip(" ")
                gone += len(text) - start - len(kept)
                has_code = "`" in text[start:end]  # backticks in the comment paired with others
                text, masked = text[:start] + kept, masked[:start] + masked[len(masked) - len(kept) :]
                if has_code:
                    masked = without_code(text)
            else:
                found.append((gone + start, gone + len(text)))
                text = masked = text[:start]
                self._cut_below(at, end_line, end, alone=not text.strip())
        self._texts[at] = text
        return text

    def _cut_below(self, at: int, end_line: int, end: int, *, alone: bool) -> None:
        """Remove the lines of a comment below ``at``, and the last one up to the column ``end``."""
        for number in range(at + 1, end_line):
            self._found[number] = [(0, len(self._texts[number]))]
            self._texts[number] = ""
        self._found[end_line] = [(0, end)]
        self._texts[end_line] = self._texts[end_line][end:].lstrip(" ")
        self._within |= dict.fromkeys(range(at + 1, end_line + 1), alone)

    def _end(self, at: int, text: str, start: int) -> tuple[int, int]:
        """Return the line and the column after the comment that begins at ``start``, or -1 without an end."""
        if whole := COMMENT.match(text, start):
            return at, whole.end()
        for number in range(at + 1, self._never_ends):
            if found := _END.search(self._texts[number]):
                return number, found.end()
        self._never_ends = min(self._never_ends, at + 1)
        return -1, -1


def as_written(line: Line) -> Line:
    """Return ``line`` with the columns of its comments in its source, where a tab is one character."""
    if not line.comments or "\t" not in line.source:
        return line
    widths = list(accumulate((len(line.source[:at].expandtabs(TAB)) for at in range(len(line.source) + 1)), max))
    columns = tuple((bisect_left(widths, start), bisect_left(widths, end)) for start, end in line.comments)
    return replace(line, comments=columns)


def check_comments(lines: Sequence[Line], context: Context) -> Iterator[Problem]:
    """Yield a problem for each comment that begins within another, which ends where the inner one does.

    Args:
        lines: the outline of the source.
        context: where the source stands.
    """
    is_open = False
    for line in lines:
        for start, end in line.comments:
            inner = line.source.find(BEGIN, start if is_open else start + len(BEGIN), end)
            if inner >= 0:
                yield context.problem(
                    context.position(line.number, inner + 1),
                    "nested-comment",
                    "a comment begins within another, and both end at the first `-->`, so readers would see the rest",
                    "take out this `<!--` and the `-->` that belongs to it",
                )
            is_open = not line.source.endswith(("-->", "--!>"), start, end)
