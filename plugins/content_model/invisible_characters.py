"""Characters: those that nobody sees, that look like others, or that no page or feed may hold."""

from __future__ import annotations

import re
import unicodedata

from plugins.base.problem import Position, Problem

#: What neither YAML 1.2 nor XML 1.0 allows, and the three line breaks of other systems (U+0085, U+2028, U+2029):
#: editors do not show these as line breaks, YAML counts them as such, and every position after them would be wrong.
INVISIBLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Letters that join emoji and the letters of some scripts, and the tags that spell the flags of nations.
_JOINING = re.compile("[\u200c\u200d\U000e0020-\U000e007f]")
#: Those that turn the direction of what follows, so that people read something else than is written.
TURNING = re.compile("[\u202b\u202d\u202e\u2067]")
#: Letters without ink that are no spaces to Unicode.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
#: Scripts with letters that look like ours. The name of a character begins with that of its script.
_LIKE_OURS = ("CYRILLIC", "GREEK", "FULLWIDTH", "MATHEMATICAL", "ARMENIAN", "CHEROKEE", "LISU", "ROMAN NUMERAL")


def is_invisible(character: str) -> bool:
    """Tell whether nobody sees ``character``, or takes it for a plain space."""
    category = unicodedata.category(character)
    return character != " " and (category in {"Cf", "Zs"} or character in _FILLERS)


def is_misleading(character: str) -> bool:
    """Tell whether ``character`` is unseen, or looks like a letter, digit or hyphen of ours and is another."""
    if character.isascii():
        return False
    other = unicodedata.category(character) in {"Pd", "Nd"} or character == "\N{MINUS SIGN}"
    return is_invisible(character) or other or unicodedata.name(character, "").startswith(_LIKE_OURS)


def describe(character: str) -> str:
    """Return ``character`` in words, for a message: its number and its name, and itself if people see it."""
    name = unicodedata.name(character, "no name").lower()
    shown = "" if is_invisible(character) or not character.isprintable() else f"`{character}` "
    return f"{shown}U+{ord(character):04X} ({name})"


def strip_invisible(text: str) -> str:
    """Return ``text`` without characters that nobody sees; every space is a plain one. What joins letters stays."""
    if text.isascii():
        return text
    return "".join(
        " " if unicodedata.category(one) == "Zs" else one
        for one in text
        if not is_invisible(one) or unicodedata.category(one) == "Zs" or _JOINING.match(one)
    )


def strip_spaces(text: str) -> tuple[str, int]:
    """Return ``text`` without spaces of any kind and unseen characters around it, and how many stood before it."""
    first, last = 0, len(text)
    while first < last and (text[first].isspace() or is_invisible(text[first])):
        first += 1
    while last > first and (text[last - 1].isspace() or is_invisible(text[last - 1])):
        last -= 1
    return text[first:last], first


def normalise_name(name: str) -> str:
    """Return the name of a file in the one form in which names are compared: composed, without unseen characters."""
    return unicodedata.normalize("NFC", strip_invisible(name)).strip()


def misleading_character(path: str, position: Position, character: str, where: str) -> Problem:
    """Return the problem of a ``character`` that is not what it seems to be.

    Args:
        path: the file.
        position: where the character stands.
        character: the character.
        where: what holds it, such as "`slug`".
    """
    if is_invisible(character):
        is_space = unicodedata.category(character) == "Zs"
        what = "a space that is no plain one" if is_space else "an invisible character"
        hint = f"put a plain space in place of column {position.column}" if is_space else "delete it"
    else:
        what, hint = "a character that looks like another", "type it again by hand"
    message = f"{where} holds {what} in column {position.column}: {describe(character)}"
    return Problem(path, position, "odd-character", message, hint)


def control_characters(text: str, path: str, first_line: int = 1) -> list[Problem]:
    """Return a problem for the first such character of each line of ``text``.

    Args:
        text: a file or a part of it.
        path: the file.
        first_line: the file's line on which ``text`` begins.
    """
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=first_line):
        found = INVISIBLE.search(line)
        if found:
            problems.append(
                Problem(
                    path,
                    Position(number, found.start() + 1),
                    "control-character",
                    f"the line holds an invisible character (U+{ord(found[0]):04X})",
                    "delete it: it often comes with text pasted from elsewhere",
                ),
            )
    return problems
