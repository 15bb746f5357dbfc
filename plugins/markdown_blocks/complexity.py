"""Limit the complexity of a body before Python-Markdown parses it.

Parsing time grows with the square of the marks in a paragraph, and the stack with the depth of lists and quotations.
A few kilobytes can hang a build or end it with a ``RecursionError``. One pass over the lines counts both. ``TIME``
limits what the counts do not predict. ``block_parser`` and ``inline`` check it between steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.base.problem import Problem
from plugins.content_model.markdown_line import Line, LineKind
from plugins.markdown_blocks.context import Context

#: Seconds of processor time that one body may take. 900 words take 0.005.
TIME = 10.0
#: The greatest depth of nested lists and quotations.
DEPTH = 12
#: The most marks in one paragraph. The slowest mixture of them takes about 0.5 seconds.
MARKS = 400
#: The most definitions without a blank line. Python-Markdown nests each in the one before.
DEFINITIONS = 40

#: A row of one mark, which begins with a character of a set, because these are found fast.
_MARK = re.compile(r"[*_~\[<](?:(?<=\*)\*+|(?<=_)_+|(?<=~)~+)?")
_NESTED = re.compile(r" *(?:(?:[-*+:]|\d{1,9}[.)]|>) *)*")
_LEVEL = re.compile(r"[-*+:](?= )|\d{1,9}[.)](?= )|>")
_DEFINITION = re.compile(r" {0,3}: ")
_COUNTED = (LineKind.TEXT, LineKind.ITEM, LineKind.HTML)


class TimeLimitError(Exception):
    """Rendering a body exceeds the time limit."""


def check_complexity(lines: Sequence[Line], context: Context) -> Iterator[Problem]:
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
        marks += len(_MARK.findall(line.text))
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


def abandoned_problem(context: Context, lines: Sequence[Line], *, deep: bool) -> Problem:
    """Return the problem of a body whose rendering was aborted.

    Args:
        context: where the source stands.
        lines: the outline of the source.
        deep: True for its depth, False for its time.
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
    within = line.depth + line.prefix.count(">")
    # The usual case: nothing that begins with a letter is a mark.
    if line.text[:1].isalpha():
        return within
    written = _NESTED.match(line.text)
    return within + len(_LEVEL.findall(written[0] if written else ""))
