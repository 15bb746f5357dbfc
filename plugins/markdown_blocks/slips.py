"""Slips: signs of Markdown that came to nothing and that readers would see as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.content_model.line import FOREIGN_BULLETS, Kind, Line
from plugins.content_model.problem import Position, Problem, Severity
from plugins.markdown_blocks.context import Context
from plugins.markdown_blocks.places import Places

_BROKEN_LINK = re.compile(r"\](?:\(|\[| \((?:https?:|help:|\{|#|/))\S{0,12}|\)\[(?:https?:|help:|\{|#|/)\S{0,12}")
_COMMENT = re.compile(r"<!(?:--|\N{EN DASH})")
_STRAY_MARK = re.compile(r"\*\*|(?<!\w)__(?=\w)|~~|\{[:#.][^}]*\}")


def check_lists(lines: Sequence[Line], context: Context) -> Iterator[Problem]:
    """Yield a warning for each line that looks like an item of a list but is not read as one.

    Args:
        lines: the outline of the source.
        context: where the source stands.
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
        elif line.kind is Kind.TEXT and line.text.lstrip().startswith(FOREIGN_BULLETS):
            yield context.problem(
                _beginning(line, context),
                "foreign-bullet",
                f"`{line.text.lstrip()[0]}` is not understood as the beginning of an item",
                "begin each item with `- `",
                Severity.WARNING,
            )


def _beginning(line: Line, context: Context) -> Position:
    """Return where the words of ``line`` begin."""
    return context.position(line.number, len(line.source) - len(line.source.lstrip()) + 1)


def check_leftovers(text: str, places: Places, context: Context) -> Iterator[Problem]:
    """Yield a problem for each sign of Markdown in what readers see.

    Args:
        text: the text of the body as readers see it, without code.
        places: where things stand in the source.
        context: the source's file.
    """
    for match in _found(_BROKEN_LINK, text, "]", ")["):
        yield context.problem(
            places.text(match[0], match[0][:2]),
            "broken-link",
            f"`{match[0]}` looks like part of a link, but the link was not understood",
            "write `[words](address)` without a space between the brackets, and close both",
        )
    if "<!" in text and _COMMENT.search(text):
        yield context.problem(
            places.text("<!--"),
            "unclosed-comment",
            "a comment is opened here and never closed, so readers would see it",
            "write `-->` after it",
        )
    for match in _found(_STRAY_MARK, text, "**", "__", "~~", "{"):
        yield context.problem(
            places.text(match[0]),
            "stray-mark",
            f"readers would see `{match[0]}` as it is",
            "put the mark on both sides of the words, without a space inside; to show it, write it between backticks",
            Severity.WARNING,
        )


def _found(pattern: re.Pattern[str], text: str, *marks: str) -> Iterator[re.Match[str]]:
    """Yield what ``pattern`` finds, each of whose matches holds one of ``marks``; most texts hold none."""
    if any(mark in text for mark in marks):
        yield from pattern.finditer(text)
