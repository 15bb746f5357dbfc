"""Check for lines that Markdown parses in another way than their author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.markdown_line import Line, LineKind, foreign_items
from plugins.markdown_blocks.context import Context

_SENTENCE = re.compile(r"[.!?,;:…][\"'”’)\]*_]*$")
#: The most characters of an intended heading.
_MAX_HEADING = 80
#: The least number of rows of an intended table.
_TABLE = 2
#: A line of front matter.
_FIELD = re.compile(r"[a-z_]+: ")
#: A tab between words, as programs put between the cells of a table.
_BETWEEN_CELLS = re.compile(r"\S\t+\S")


def check_lists(lines: Sequence[Line], context: Context) -> Iterator[Problem]:
    """Yield a warning for each line that looks like an item of a list but is not read as one.

    Args:
        lines: the outline of the source.
        context: gives positions in the file.
    """
    for line in lines:
        if line.unclear:
            yield context.problem(
                _beginning(line, context),
                "unclear-list",
                "this line begins like an item of a list, but stands within a paragraph and is read as part of it",
                "leave a blank line before it if it is a list; else put its first mark at the end of the line above",
                Severity.WARNING,
            )
    for line in foreign_items(lines):
        yield context.problem(
            _beginning(line, context),
            "foreign-bullet",
            f"`{line.text.lstrip()[0]}` is not understood as the beginning of an item",
            "begin each item with `- `",
            Severity.WARNING,
        )


def _beginning(line: Line, context: Context) -> Position:
    """Return the position of the first word of ``line``."""
    return context.position(line.number, len(line.source) - len(line.source.lstrip()) + 1)


def check_readings(lines: Sequence[Line], context: Context) -> Iterator[Problem]:
    """Yield a warning for each line that Markdown reads as something else than its author sees.

    It is a heading or code only because of the next line or its indentation, or a row of a table with tabs.

    Args:
        lines: the outline of the source.
        context: gives positions in the file.
    """
    before: Line | None = None
    rows = 0  # how many lines up to this one are rows with tabs
    filled: Line | None = None  # the last line that is not blank
    for line in lines:
        if line.level and before is not None and not line.text.startswith("#") and _is_sentence(before, line):
            yield context.problem(
                _beginning(line, context),
                "accidental-heading",
                "the line above this one becomes a heading, because nothing stands between the two",
                "leave a blank line between them for a rule; for a heading, write `## ` before it",
                Severity.WARNING,
            )
        elif line.kind is LineKind.CODE and (filled is None or filled.kind not in (LineKind.CODE, LineKind.SLASHES)):
            yield context.problem(
                _beginning(line, context),
                "indented-text",
                "the spaces before this line make it code: readers see one long line in the letters of a typewriter",
                "take the spaces out; code stands between lines of three backticks",
                Severity.WARNING,
            )
        rows = rows + 1 if _is_row(line) else 0
        if before is not None and rows == _TABLE:
            yield context.problem(
                _beginning(before, context),
                "tabs-for-table",
                "tabs stand between these words as in a table, and readers see them in one line",
                "put a bar between the cells, as in  | Day | Time |  and below the first line  | --- | --- |",
                Severity.WARNING,
            )
        before = line
        filled = filled if line.kind is LineKind.BLANK else line


def _is_row(line: Line) -> bool:
    """Return whether ``line`` is text with a tab between words, and no row of a Markdown table."""
    if line.kind is not LineKind.TEXT or "\t" not in line.source or "|" in line.text:
        return False
    return _BETWEEN_CELLS.search(line.source) is not None


def _is_sentence(above: Line, underline: Line) -> bool:
    """Return whether ``above`` is probably not meant as the heading that ``underline`` makes it."""
    words = above.text.strip()
    return (
        len(underline.text.strip()) < len("---")
        or len(words) > _MAX_HEADING
        or bool(_SENTENCE.search(words))
        or bool(_FIELD.match(words))
    )
