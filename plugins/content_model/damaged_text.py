"""Detect text that other programs damaged: unfinished merges and letters in the wrong encoding (mojibake)."""

from __future__ import annotations

import re

from plugins.base.problem import Position, Problem, Severity

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)
#: UTF-8 decoded as Windows-1252 or Latin-1: a lead byte and its continuation bytes.
_MISREAD = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)
#: Characters that people write. A sequence that decodes to another character is adjacent letters by chance.
_PLAUSIBLE = re.compile("[\u00a0-\u00ff\u0152-\u0161\u2010-\u2044\u20ac\u2122\U0001f000-\U0001faff]")
_LOST = "\N{REPLACEMENT CHARACTER}"


def unfinished_merge(text: str, path: str, first_line: int = 1) -> Problem | None:
    """Return a problem for the first conflict marker of an unfinished merge, or None.

    Args:
        text: a file or a part of it.
        path: the file.
        first_line: the file's line on which ``text`` begins.
    """
    found = _CONFLICT.search(text)
    if found is None:
        return None
    return Problem(
        path,
        Position(first_line).within(text, found.start()),
        "unfinished-merge",
        f"`{found[0][:7]}` is the mark of a merge that was not finished: the file holds two versions of a text",
        "keep one of the two versions, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    )


def misread_letters(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Return a warning for the first letter of each line of ``text`` that was saved in the wrong encoding.

    Args:
        text: a file or a part of it.
        path: the file.
        first_line: the file's line on which ``text`` begins.
    """
    if text.isascii() or not (_LOST in text or _MISREAD.search(text)):
        return []
    return [
        Problem(
            path,
            Position(number, column),
            "misread-letters",
            f"`{seen}` looks like text that was saved in the wrong encoding" + (f", for `{meant}`" if meant else ""),
            f"write `{meant}`, here and wherever it stands" if meant else "write the letter that is missing",
            Severity.WARNING,
        )
        for number, line in enumerate(text.split("\n"), start=first_line)
        for column, seen, meant in _misread(line)[:1]
    ]


def _misread(line: str) -> list[tuple[int, str, str]]:
    """Return the misread letters of a line: column, the letters as read, and the letters meant."""
    found = [(line.index(_LOST) + 1, _LOST, "")] if _LOST in line else []
    for match in _MISREAD.finditer(line):
        for length in range(len(match[0]), 1, -1):
            meant = _decoded(match[0][:length])
            if meant and _PLAUSIBLE.fullmatch(meant):
                found.append((match.start() + 1, match[0][:length], meant))
                break
    return sorted(found)


def _decoded(seen: str) -> str:
    try:
        data = b"".join(bytes([ord(char)]) if char <= "\xff" else char.encode("cp1252") for char in seen)
        return data.decode("utf-8")
    except UnicodeError:
        return ""
