"""Detect characters that are invisible, look like others, or are not allowed in pages and feeds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from plugins.base.problem import Position, Problem

#: Characters that YAML 1.2 or XML 1.0 does not allow, and U+0085, U+2028 and U+2029. YAML counts these three as line
#: breaks and editors do not, so every position after them would be wrong.
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
#: Joiners of emoji and of the letters of some scripts, and the tag characters in the flags of nations.
_JOINING = re.compile("[\u200c\u200d\U000e0020-\U000e007f]")
#: Embeddings, overrides and isolates, which change the direction of the text after them. The marks U+200E and U+200F
#: change nothing but the place of the punctuation beside them.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Blank characters that Unicode does not class as spaces.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
#: Variation selectors, which show nothing without the character before them.
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
#: Scripts with letters that look like Latin ones. The name of a character begins with that of its script.
_LIKE_OURS = ("CYRILLIC", "GREEK", "FULLWIDTH", "MATHEMATICAL", "ARMENIAN", "CHEROKEE", "LISU", "ROMAN NUMERAL")


def is_invisible(character: str) -> bool:
    """Return True if ``character`` is invisible, or looks like a plain space and is another."""
    category = unicodedata.category(character)
    return character != " " and (category in {"Cf", "Zs"} or character in _FILLERS)


def is_misleading(character: str) -> bool:
    """Return True if ``character`` is invisible, or looks like an ASCII letter, digit or hyphen and is another."""
    if character.isascii():
        return False
    other = unicodedata.category(character) in {"Pd", "Nd"} or character == "\N{MINUS SIGN}"
    return is_invisible(character) or other or unicodedata.name(character, "").startswith(_LIKE_OURS)


def describe(character: str) -> str:
    """Return the code point and name of ``character`` for a message, with the character itself if it is visible."""
    name = unicodedata.name(character, "no name").lower()
    shown = "" if is_invisible(character) or not character.isprintable() else f"`{character}` "
    return f"{shown}U+{ord(character):04X} ({name})"


def strip_invisible(text: str) -> str:
    """Return ``text`` without invisible characters, but with joiners. Every kind of space becomes a plain space."""
    return NOT_ASCII.sub(_visible, text)


def _visible(character: re.Match[str]) -> str:
    if unicodedata.category(character[0]) == "Zs":
        return " "
    return "" if is_invisible(character[0]) and not _JOINING.match(character[0]) else character[0]


def is_blank(text: str) -> bool:
    """Return True if ``text`` shows nothing: it consists of spaces, invisible characters and joiners of other ones."""
    return all(one.isspace() or is_invisible(one) or one in _SELECTORS for one in text)


def strip_spaces(text: str) -> tuple[str, int]:
    """Return ``text`` without surrounding spaces and invisible characters, and how many were removed at its start."""
    first, last = 0, len(text)
    while first < last and (text[first].isspace() or is_invisible(text[first])):
        first += 1
    while last > first and (text[last - 1].isspace() or is_invisible(text[last - 1])):
        last -= 1
    return text[first:last], first


def normalise_name(name: str) -> str:
    """Return the file name ``name`` in the form in which names are compared: NFC, without invisible characters."""
    return unicodedata.normalize("NFC", strip_invisible(name)).strip()


def misleading_character(path: str, position: Position, character: str, where: str, *, spaces: bool = False) -> Problem:
    """Return the problem of a ``character`` for which ``is_misleading`` is True.

    Args:
        path: the file.
        position: position of the character.
        character: the character.
        where: what contains it, for example "`slug`".
        spaces: True if a plain space may stand there.
    """
    if is_invisible(character):
        is_space = unicodedata.category(character) == "Zs"
        what = "a space that is no plain one" if is_space else "an invisible character"
        hint = f"put a plain space in place of column {position.column}" if is_space and spaces else "delete it"
    else:
        what, hint = "a character that looks like another", "type it again by hand"
    message = f"{where} holds {what} in column {position.column}: {describe(character)}"
    return Problem(path, position, "odd-character", message, hint)


def explain_turning(character: str) -> tuple[str, str]:
    """Return message and hint of the problem of a ``character`` that ``TURNING`` matches."""
    return (
        f"it holds {describe(character)}, which turns the direction of what follows",
        "delete it: it often comes with text pasted from elsewhere",
    )


def explain_invisible(character: str) -> tuple[str, str]:
    """Return message and hint of the problem of a ``character`` that ``INVISIBLE`` matches."""
    return (
        f"the line holds an invisible character (U+{ord(character):04X})",
        "delete it: it often comes with text pasted from elsewhere",
    )


def control_characters(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Return a problem for the first character of each line that ``INVISIBLE`` matches.

    Args:
        text: a file or a part of it.
        path: the file.
        first_line: the file's line on which ``text`` begins.
    """
    return _first_of_each_line(INVISIBLE, "control-character", explain_invisible, text, path, first_line)


def odd_characters(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Return the problems of ``control_characters``, and one for each line that ``TURNING`` matches."""
    return [
        *control_characters(text, path, first_line),
        *_first_of_each_line(TURNING, "turning-character", explain_turning, text, path, first_line),
    ]


def _first_of_each_line(
    pattern: re.Pattern[str],
    name: str,
    explain: Callable[[str], tuple[str, str]],
    text: str,
    path: str,
    first_line: int,
) -> list[Problem]:
    """Return a problem for the first match of ``pattern`` in each line of ``text``."""
    return [
        Problem(path, Position(number, found.start() + 1), name, *explain(found[0]))
        for number, line in enumerate(text.split("\n") if pattern.search(text) else (), start=first_line)
        if (found := pattern.search(line))
    ]
