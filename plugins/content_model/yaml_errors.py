"""Translate the errors of PyYAML into problems with messages for authors."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from msgspec import Struct

from plugins.base.late_pattern import late_pattern
from plugins.base.problem import Position, Problem
from plugins.content_model.markdown_line import FOREIGN_BULLETS

_FIELD = late_pattern(r"\s*(#|-(\s|$)|[^#]*:(\s|$))")
#: A field with a plain scalar: its name, its value, and the comment after it. A `#` without a space after it counts as
#: text.
_PLAIN_FIELD = late_pattern(
    r"(?P<name>\s*(?:- +)?[^\s:#][^:#]*:[ \t]+)(?P<value>[^\s\"'\[{|>&*!%@`#,?-].*?)(?P<end>[ \t]+#(?:[ \t].*)?|[ \t]*)"
)
#: Marks that word processors put in place of the hyphen before an item, and a colon of another script after a name.
_BULLETS = frozenset({*FOREIGN_BULLETS, "–", "—"})
#: Quotation marks that word processors put in place of straight ones.
CURLY_QUOTES = "“”„‟‘’«»"
#: A text that is wholly in one pair of them.
IN_CURLY_QUOTES = late_pattern(rf"[{CURLY_QUOTES}](?P<inner>[^{CURLY_QUOTES}\"]*)[{CURLY_QUOTES}]")
_OTHER_COLON = late_pattern(r"[\w-]+\s*([\uff1a\ufe55\u02d0\u2236])")
#: Error message of ``yaml_reader.py`` for too many levels of nesting.
TOO_DEEP = "nested too deeply"
#: Messages of PyYAML for a value that begins with an indicator character.
_BAD_BEGINNINGS = (
    "cannot start any token",
    "while parsing a block node",
    "while scanning an alias",
    "while scanning an anchor",
    "while scanning a tag",
    "while scanning a block scalar",
    "entries are not allowed",
    "keys are not allowed",
)


class _Fault(Struct, frozen=True):
    """An error within the YAML text. Line and column count from 1."""

    line: int
    column: int
    name: str
    message: str
    hint: str


def explain(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    """Return the problem for ``error``.

    Args:
        error: the exception of PyYAML.
        text: the YAML.
        path: the file, for the problem.
        first_line: the file's line on which ``text`` begins.
    """
    fault = _fault(error, text.split("\n"))
    position = Position(fault.line + first_line - 1, fault.column)
    return Problem(path, position, fault.name, fault.message, fault.hint)


def _fault(error: yaml.MarkedYAMLError, lines: list[str]) -> _Fault:
    wording = f"{error.context or ''} {error.problem or ''}"
    at = _place(error.problem_mark or error.context_mark)
    start = _place(error.context_mark or error.problem_mark)
    if "mapping values are not allowed" in wording:
        return _second_colon(*at, lines)
    if "scanning a quoted scalar" in wording:
        hint = "close it at the end of the value with the same mark"
        return _Fault(*start, "unclosed-quote", "this quotation mark is never closed", hint)
    if "could not find expected ':'" in wording:
        return _missing_colon(*start, lines)
    if TOO_DEEP in wording:
        return _Fault(
            *at, "too-deep", "lists or groups stand within each other too deeply", "take some brackets or dashes out"
        )
    if "while parsing a flow" in wording:
        message = "this bracket is never closed, or a comma is missing"
        bracket = _last_bracket(*at, lines) if "flow node" in wording else start
        return _Fault(*bracket, "unclosed-list", message, "write a list as  [one, two, three]")
    if any(sign in wording for sign in _BAD_BEGINNINGS):
        message = f"a value may not begin with `{_character(*start, lines)}`"
        return _Fault(*start, "special-character", message, "put the value in double quotes")
    if "did not find expected" in wording:
        message = "this line does not line up with the ones above it, or text follows a closing quotation mark"
        hint = (
            "give the fields of one group the same indent, and put a value that holds quotation marks wholly in quotes"
        )
        return _Fault(*at, "bad-indent", message, hint)
    message = f"the line cannot be read ({(error.problem or 'unknown reason').strip()})"
    return _Fault(*at, "yaml-syntax", message, "write it as  name: value,  with the value in double quotes")


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _line(number: int, lines: list[str]) -> str:
    return lines[number - 1] if number <= len(lines) else ""


def _character(line: int, column: int, lines: list[str]) -> str:
    return _line(line, lines)[column - 1 : column]


def _last_bracket(line: int, column: int, lines: list[str]) -> tuple[int, int]:
    """Return the position of the last opening bracket before a position, or that position if there is none."""
    for number in range(min(line, len(lines)), 0, -1):
        before = lines[number - 1][: column - 1] if number == line else lines[number - 1]
        found = max(before.rfind("["), before.rfind("{"))
        if found >= 0:
            return number, found + 1
    return line, column


def in_quotes(text: str) -> str:
    """Return ``text`` as a YAML value in double quotation marks, which replace curly ones around it."""
    wrapped = IN_CURLY_QUOTES.fullmatch(text)
    escaped = (wrapped["inner"] if wrapped else text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def with_value_in_quotes(line: str) -> str:
    """Return a line ``name: value`` with its value in double quotation marks. A comment after it stays a comment."""
    found = _PLAIN_FIELD.fullmatch(line)
    return f"{found['name']}{in_quotes(found['value'])}{found['end']}" if found else line


def _second_colon(line: int, column: int, lines: list[str]) -> _Fault:
    text = _line(line, lines)
    name, colon, value = text.strip().removeprefix("- ").partition(":")
    if colon and ": " in f"{value} ":
        quoted = with_value_in_quotes(text)
        hint = f"put the text in double quotes:  {quoted.strip().removeprefix('- ')}"
        if quoted == text or goes_on(line, lines):
            hint = "put the whole text in double quotes, from its first word to its last"
        return _Fault(line, column, "colon-in-text", f"`{name.strip()}` contains a second colon", hint)
    above = _field_above(line, lines)
    if above is not None:
        return _missing_colon(above, _indent(lines[above - 1]) + 1, lines)
    message = "this line does not line up with the ones above it"
    return _Fault(line, column, "bad-indent", message, "give the fields of one group the same indent")


def goes_on(line: int, lines: Sequence[str]) -> bool:
    """Return True if the value on a line continues below it: the next line with text is indented deeper."""
    below = next((text for text in lines[line:] if text.strip()), "")
    name = len(lines[line - 1]) - len(lines[line - 1].lstrip(" -"))
    return _indent(below) > name and not below.lstrip().startswith("#")


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _missing_colon(line: int, column: int, lines: list[str]) -> _Fault:
    text = _line(line, lines).strip()
    hint = "put a colon and a space after the field's name, or indent a continued text"
    if text[:1] in _BULLETS:
        hint = f"put a plain hyphen in place of `{text[0]}`, as in  - one"
    elif found := _OTHER_COLON.match(text):
        hint = f"put a plain colon and a space in place of `{found[1]}`"
    return _Fault(line, column, "missing-colon", "this line is not of the form `name: value`", hint)


def _field_above(line: int, lines: list[str]) -> int | None:
    """Return the number of the line above if it has the same indent and is no field. YAML reads both as one scalar."""
    indent = _indent(_line(line, lines))
    for number in range(line - 1, 0, -1):
        text = lines[number - 1]
        if text.strip():
            return number if _indent(text) == indent and not _FIELD.match(text) else None
    return None
