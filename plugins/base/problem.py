"""Problem: one thing that is wrong in one place, and how to mend it.

A problem is data. It is made where the broken rule lives, collected with all the others, and shown once, at the end,
so that an author sees every mistake of every file in one run.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

#: Cells in a row of a window that shows a report.
WIDTH = 80
_CUT = "…"
#: What a message quotes is cut to less than this.
_LONG_QUOTE = 120
_QUOTED = re.compile(rf"(?<=`)([^`]{{60}})[^`]{{{_LONG_QUOTE - 80},}}([^`]{{20}})(?=`)")


class Severity(enum.Enum):
    """How much a problem matters: an error stops the build, a warning is listed, advice is offered."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text file.

    Attributes:
        line: 1 for the first line.
        column: 1 for the first character of a line, counted in characters.
    """

    line: int = 1
    column: int = 1

    def within(self, text: str, offset: int) -> Position:
        """Return the place of the character ``offset`` of ``text``, which begins here."""
        lines = text.count("\n", 0, offset)
        column = offset - text.rfind("\n", 0, offset) if lines else self.column + offset
        return Position(self.line + lines, column)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and how to mend it.

    Attributes:
        path: the file, relative to the content folder, with forward slashes.
        position: where in the file.
        name: permanent name of the kind of problem, in kebab-case; it never changes once published.
        message: what is wrong and why, one sentence without a full stop.
        hint: what to do about it, one sentence without a full stop.
        severity: whether it stops the build.
        brief: what several of a kind are together, behind their number; each alone is shown in one line. "" for one
            that is always shown whole.
    """

    path: str
    position: Position
    name: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    brief: str = ""

    def __post_init__(self) -> None:
        """Cut what the message quotes: nobody reads a picture in letters."""
        if len(self.message) > _LONG_QUOTE:
            object.__setattr__(self, "message", _QUOTED.sub(r"\1…\2", self.message))

    @property
    def sort_key(self) -> tuple[str, Position, str, str]:
        """Order in a report: by file, then place, then name."""
        return (self.path, self.position, self.name, self.message)


class ProblemLog:
    """Collects the problems of one run; the same problem told twice is kept once."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}

    def add(self, problem: Problem) -> None:
        """Keep ``problem``."""
        self._problems[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep each of ``problems``."""
        for problem in problems:
            self.add(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._problems, key=lambda problem: problem.sort_key))

    def __len__(self) -> int:
        return len(self._problems)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build, in report order."""
        return tuple(problem for problem in self if problem.severity is Severity.ERROR)


def reports(problems: Iterable[Problem], *, root: str, source_line: Callable[[str, int], str | None]) -> Iterator[str]:
    """Yield what an author is shown of ``problems``, one text for each, and one for all brief ones of a kind.

    Of several brief ones that stop nothing, only the number is told. Brief ones come first: what stands last is read
    first, and they are what is known for long.

    Args:
        problems: in report order.
        root: as for ``report``.
        source_line: as for ``report``.
    """
    mild: dict[tuple[str, str], list[Problem]] = {}
    grave: dict[tuple[str, str], list[Problem]] = {}
    others: list[Problem] = []
    for problem in problems:
        if not problem.brief:
            others.append(problem)
        elif problem.severity is Severity.ERROR:
            grave.setdefault((problem.name, problem.hint), []).append(problem)
        else:
            mild.setdefault((problem.severity.value, problem.brief), []).append(problem)
    show = partial(report, root=root, source_line=source_line)
    for (severity, what), found in sorted(mild.items()):
        yield f"{severity}: {len(found)} {what}" if len(found) > 1 else f"{show(found[0])}\n = mend: {found[0].hint}"
    for (_, hint), found in sorted(grave.items()):
        yield "\n".join((*map(show, found), f" = mend: {hint}"))
    yield from map(show, others)


def report(problem: Problem, *, root: str, source_line: Callable[[str, int], str | None]) -> str:
    """Return ``problem`` as the text shown to an author, several lines (one when brief) without a final newline.

    Args:
        problem: what to show.
        root: what to put before the problem's path so that an editor can open it.
        source_line: gives the text of a line of a file (path, line number), or None when there is none.
    """
    line, column = problem.position.line, problem.position.column
    shown_path = f"{root}/{problem.path}" if root else problem.path
    if problem.brief:
        return f"{problem.severity.value}[{problem.name}]: {problem.message} ({shown_path}:{line})"
    number = str(line)
    gutter = " " * len(number)
    parts = [
        f"{problem.severity.value}[{problem.name}]: {problem.message}",
        f"{gutter}--> {shown_path}:{line}:{column}",
    ]
    source = source_line(problem.path, line)
    if source is not None:
        source = source.rstrip("\n")
        source, column = _around(source, column, WIDTH - len(f"{number} | "))
        parts += [f"{gutter} |", f"{number} | {_printable(source)}", f"{gutter} | {_caret_indent(source, column)}^"]
    parts.append(f"{gutter} = mend: {problem.hint}")
    return "\n".join(parts)


def _around(source: str, column: int, width: int) -> tuple[str, int]:
    """Return the part of a line around a column that fits into ``width`` cells, and the column in it."""
    near = source[max(0, column - 1 - width) : column - 1 + width]
    if len(source) == len(near) and sum(map(_cells, near)) <= width:
        return source, column
    at, room = min(column - 1, len(source)), width - 2 * len(_CUT)
    # The caret needs a cell, and most of the words that explain it stand before it.
    start = _reach(source[max(0, at - width) : at][::-1], room * 2 // 3)
    end = _reach(source[at : at + width], room - sum(map(_cells, source[at - start : at])))
    start = _reach(source[max(0, at - width) : at][::-1], room - max(1, sum(map(_cells, source[at : at + end]))))
    before, after = _CUT if start < at else "", _CUT if at + end < len(source) else ""
    return f"{before}{source[at - start : at + end]}{after}", start + len(before) + column - at


def _reach(text: str, room: int) -> int:
    """Return how many characters of ``text`` fit into ``room`` cells."""
    return sum(used <= room for used in accumulate(map(_cells, text)))


def _cells(character: str) -> int:
    """Return how many cells of a terminal a character takes; of a tab, the most that it may."""
    if character == "\t":
        return 8
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _printable(text: str) -> str:
    """Control characters would move the terminal's cursor: show a mark in their place."""
    return "".join(c if c == "\t" or unicodedata.category(c) != "Cc" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _caret_indent(source: str, column: int) -> str:
    """Tabs stay tabs and wide characters take two cells, so that the caret stands below the character it means."""
    before = source[: column - 1]
    return "".join("\t" if character == "\t" else " " * _cells(character) for character in before) + " " * max(
        0, column - 1 - len(before)
    )
