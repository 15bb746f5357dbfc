"""Characters: those that nobody sees and that no page or feed may hold."""

from __future__ import annotations

import re

from plugins.content_model.problem import Position, Problem

#: What neither YAML 1.2 nor XML 1.0 allows, and the three line breaks of other systems (U+0085, U+2028, U+2029):
#: editors do not show these as line breaks, YAML counts them as such, and every position after them would be wrong.
INVISIBLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def invisible(text: str, path: str, first_line: int = 1) -> list[Problem]:
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
