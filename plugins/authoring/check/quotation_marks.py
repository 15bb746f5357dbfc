"""Find and replace curly quotation marks that word processors put around keys and values of front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.base.positions import Positions
from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.yaml_errors import CURLY_QUOTES, IN_CURLY_QUOTES, in_quotes

_LINE = re.compile(
    rf"^(?P<indent>\s*(?:- +)?)(?P<key>[{CURLY_QUOTES}]?[A-Za-z_]\w*[{CURLY_QUOTES}]?)(?P<colon>:[ \t]+|:$)"
    r"(?P<value>.*?)(?P<end>(?:[ \t]+#(?:[ \t].*)?|[ \t]*))$"
)


def check_quotation_marks(front_matter: str, path: str, positions: Positions, first_line: int = 2) -> Iterator[Problem]:
    """Yield a warning for each value of ``front_matter`` that is wholly in curly quotation marks.

    YAML reads them as a part of the value, so readers would see them.

    Args:
        front_matter: YAML.
        path: the file.
        positions: where its values begin, because a line of a long text can resemble a key with a value.
        first_line: the file's line on which ``front_matter`` begins.
    """
    begins = set(positions.values.values())
    for number, line in enumerate(front_matter.split("\n"), start=first_line):
        found = _LINE.match(line)
        if found and IN_CURLY_QUOTES.fullmatch(found["value"]) and Position(number, found.start("value") + 1) in begins:
            yield Problem(
                path,
                Position(number, found.start("value") + 1),
                "curly-quotes",
                f"`{found['key']}` stands in curly quotation marks, which readers would see",
                'write straight ones,  "..."  or none',
                Severity.WARNING,
            )


def straight(text: str) -> str:
    """Return ``text`` without the curly quotation marks around it."""
    return text.strip(CURLY_QUOTES)


def straightened(line: str) -> str:
    """Return a line of front matter with straight quotation marks around its name and its value."""
    found = _LINE.match(line)
    if not found:
        return line
    value = in_quotes(found["value"]) if IN_CURLY_QUOTES.fullmatch(found["value"]) else found["value"]
    return f"{found['indent']}{straight(found['key'])}{found['colon']}{value}{found['end']}"
