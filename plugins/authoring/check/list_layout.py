"""Find lists that this site reads correctly and other programs do not: without a gap, or too little indented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.markdown_line import Line, LineKind


def check_lists(lines: Sequence[Line], path: str, first_line: int) -> Iterator[Problem]:
    """Yield advice on lists without a blank line before them, and on nested ones that are indented too little.

    Args:
        lines: the outline of the body.
        path: its file.
        first_line: the file's line on which the body begins.
    """
    for line in lines:
        if line.kind is not LineKind.ITEM:
            continue
        place = Position(first_line + line.number, len(line.source) - len(line.without_comments().lstrip()) + 1)
        if line.gap is not None:
            yield Problem(
                path,
                place,
                "list-without-gap",
                "the list begins straight after other text; other programs would run the two together",
                "leave a blank line before it",
                Severity.ADVICE,
            )
        if is_shallow(line):
            yield Problem(
                path,
                place,
                "shallow-list",
                f"the nested item is indented by {_indent(line)} spaces; other programs would flatten the list",
                f"indent it by {line.indent} spaces",
                Severity.ADVICE,
            )


def is_shallow(line: Line) -> bool:
    """Return whether ``line`` is an item of a nested list with an indent that some programs misread."""
    return line.kind is LineKind.ITEM and line.depth > 1 and not line.prefix and _indent(line) != line.indent


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" "))
