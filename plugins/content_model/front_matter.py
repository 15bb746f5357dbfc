"""Split a file into front matter and body at the lines of three hyphens."""

from __future__ import annotations

import re

from msgspec import Struct

from plugins.base.problem import Position, Problem

FENCE = "---"
#: Dashes that word processors write for ``---``.
_FENCE_LIKE = re.compile(
    r"^\s*(-{2,}|[-\u2010-\u2015\u2212]*[\u2010-\u2015\u2212][-\u2010-\u2015\u2212]*|\.\.\.|\*{3,}|_{3,})\s*$"
)
_KEY_LINE = re.compile(r"^[A-Za-z_][\w -]*:(\s|$)")


class Split(Struct, frozen=True):
    """The two parts of a file.

    Attributes:
        yaml: the text between the fences.
        body: the text after them.
        body_line: the file's line on which the body begins, counted from 1.
    """

    yaml: str
    body: str
    body_line: int


def split(text: str, path: str) -> Split | Problem:
    """Split ``text`` at its fences.

    Args:
        text: the whole file.
        path: the file, for the problem.

    Returns:
        The parts, or the problem if a fence is missing or wrong.
    """
    lines = text.split("\n")
    first = lines[0].removeprefix("\ufeff")
    if first.rstrip() != FENCE:
        return _opening_problem(first, lines, path)
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            return Split("\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1)
        if _FENCE_LIKE.match(line):
            return Problem(
                path,
                Position(number, 1),
                "broken-fence",
                f"the front matter should end with a line of three hyphens, but this line is `{line.strip()}`",
                "write the line as three plain hyphens:  ---",
            )
        if line.startswith(("## ", "### ", "///")):
            lines = lines[: number - 1]
            break
    last = _last_key_line(lines)
    return Problem(
        path,
        Position(last, 1),
        "missing-fence",
        "the front matter is not closed: no second line of three hyphens follows it",
        "put a line with just  ---  between the front matter and the text",
    )


def _opening_problem(first: str, lines: list[str], path: str) -> Problem:
    if "\0" in first:  # UTF-16 without a byte order mark
        message, hint = "the file is not saved as UTF-8", "save it again with the encoding UTF-8"
        return Problem(path, Position(1, 1), "not-utf-8", message, hint)
    if _FENCE_LIKE.match(first):
        return Problem(
            path,
            Position(1, 1),
            "broken-fence",
            f"the file should begin with a line of three hyphens, but the first line is `{first.strip()}`",
            "write the first line as three plain hyphens:  ---",
        )
    blank = next((n for n, line in enumerate(lines) if line.strip()), None)
    if blank and lines[blank].rstrip() == FENCE:
        return Problem(
            path,
            Position(1, 1),
            "text-before-fence",
            "the front matter must begin on the first line of the file",
            "delete the empty lines above the first  ---",
        )
    return Problem(
        path,
        Position(1, 1),
        "missing-front-matter",
        "the file has no front matter: its first line is not three hyphens",
        "begin the file with  ---  then the fields (title, slug, summary ...), then  ---  again",
    )


def _last_key_line(lines: list[str]) -> int:
    """Return the number of the last line that looks like YAML. The fence most likely belongs after it."""
    last = 1
    for number, line in enumerate(lines[1:], start=2):
        if _KEY_LINE.match(line) or line.startswith((" ", "-", "#", "\t")):
            last = number
        else:
            break
    return last
