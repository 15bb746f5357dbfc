"""Bounds: how much one body may ask of Python-Markdown, told before it is asked.

Its time grows with the square of the marks in one paragraph, and its stack with the depth of lists and quotations, so a
few kilobytes can hang a build or end it with a ``RecursionError``. Both are counted here in one pass over the lines.
What no count foresees is stopped by ``TIME``, which ``block_parser`` and ``inline`` look at between their steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.base.problem import Problem
from plugins.content_model.markdown_line import Line, LineKind
from plugins.markdown_blocks.context import Context

#: Seconds of processor time that one body may take. 900 words take 0.005.
TIME = 10.0
#: Lists and quotations within each other. People follow three.
DEPTH = 12
#: Marks in one paragraph. At this number the slowest mixture of them takes about 0.5 seconds.
MARKS = 400
#: Definitions in a row without a blank line: Python-Markdown reads each within the one before.
DEFINITIONS = 40

_MARK = re.compile(r"\*+|_+|~+|\[|<")
_NESTED = re.compile(r" *(?:(?:[-*+:]|\d{1,9}[.)]|>) *)*")
_LEVEL = re.compile(r"[-*+:](?= )|\d{1,9}[.)](?= )|>")
_DEFINITION = re.compile(r" {0,3}: ")
_COUNTED = (LineKind.TEXT, LineKind.ITEM, LineKind.HTML)


class TooMuchError(Exception):
    """A body takes more time than it may."""


def check_bounds(lines: Sequence[Line], context: Context) -> Iterator[Problem]:
    """Yield a problem for the first line that is nested too deeply, and for each paragraph with too many marks.

    Args:
        lines: the outline of the source.
        context: where the source stands.
    """
    deep = next((line for line in lines if _depth(line) > DEPTH), None)
    if deep is not None:
        yield context.problem(
            context.position(deep.number),
            "too-many-levels",
            f"lists and quotations stand within each other here more than {DEPTH} levels deep",
            "write them with fewer levels, or begin a new list after a sentence of its own",
        )
    marks, definitions = 0, 0
    for line in lines:
        if line.kind not in _COUNTED or line.kind is LineKind.ITEM or "|" in line.text:
            marks, definitions = 0, 0
        if line.kind not in _COUNTED:
            continue
        before = marks <= MARKS and definitions <= DEFINITIONS
        marks += sum(1 for _ in _MARK.finditer(line.text))
        definitions += _DEFINITION.match(line.text) is not None
        if before and (marks > MARKS or definitions > DEFINITIONS):
            yield context.problem(
                context.position(line.number),
                "too-many-marks",
                f"up to this line one paragraph holds more than {MARKS} marks of Markdown"
                if marks > MARKS
                else f"up to this line more than {DEFINITIONS} definitions stand without a blank line",
                "divide it by blank lines, and take out what came from another program",
            )


def took_too_long(context: Context, lines: Sequence[Line], *, deep: bool) -> Problem:
    """Return the problem of a body that was given up.

    Args:
        context: where the source stands.
        lines: its outline.
        deep: True when it was given up for its depth, False for its time.
    """
    deepest = max(lines, key=_depth, default=None)
    position = context.position(deepest.number if deepest else 0)
    hint = "look for what came from another program, such as long rows of one mark; else divide the text into several"
    if deep:
        message = "the parts of this text stand within each other so deeply that it cannot be read"
        return context.problem(position, "too-many-levels", message, hint)
    message = f"this text takes more than {TIME:.0f} seconds to read, so it was given up"
    return context.problem(position, "too-slow", message, hint)


def _depth(line: Line) -> int:
    if line.kind in (LineKind.CODE, LineKind.FENCE, LineKind.RULE):
        return 0
    written = _NESTED.match(line.text)
    return line.depth + line.prefix.count(">") + len(_LEVEL.findall(written[0] if written else ""))
