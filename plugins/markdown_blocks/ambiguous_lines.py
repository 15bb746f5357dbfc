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
#: A line of front matter.
_FIELD = re.compile(r"[a-z_]+: ")


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
    """Yield a warning for each line that is a heading or code only because of the next line or its indentation.

    Args:
        lines: the outline of the source.
        context: gives positions in the file.
    """
    before: Line | None = None
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
        before = line
        filled = filled if line.kind is LineKind.BLANK else line


def _is_sentence(above: Line, underline: Line) -> bool:
    """Return whether ``above`` is probably not meant as the heading that ``underline`` makes it."""
    words = above.text.strip()
    return (
        len(underline.text.strip()) < len("---")
        or len(words) > _MAX_HEADING
        or bool(_SENTENCE.search(words))
        or bool(_FIELD.match(words))
    )
