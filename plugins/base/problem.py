"""Problems of the content: what is wrong, where, and what to do about it.

A problem is a value, not an exception. The rule that is broken creates it, a ``ProblemLog`` collects it, and the build
prints all of them at the end, so that an author sees every mistake of every file in one run.
"""

from __future__ import annotations

import enum
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import force_setattr

#: Width of a report in terminal cells.
WIDTH = 80
_ELLIPSIS = "…"
#: Longer messages have their quotations shortened.
_LONG_QUOTE = 120
_QUOTED = re.compile(rf"(?<=`)([^`]{{60}})[^`]{{{_LONG_QUOTE - 80},}}([^`]{{20}})(?=`)")


class Severity(enum.Enum):
    """How much a problem matters. An error stops the build. A warning is listed. Only `inv check` shows advice."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Position(Struct, frozen=True, order=True):
    """A place in a text file.

    Attributes:
        line: 1 for the first line.
        column: 1 for the first character of a line, counted in characters.
    """

    line: int = 1
    column: int = 1

    def within(self, text: str, offset: int) -> Position:
        """Return the position of the character at index ``offset`` of ``text``, which begins at this position."""
        lines = text.count("\n", 0, offset)
        column = offset - text.rfind("\n", 0, offset) if lines else self.column + offset
        return Position(self.line + lines, column)


class Problem(Struct, frozen=True):
    """One mistake in one place, with advice.

    Attributes:
        path: the file, relative to the content folder, with forward slashes.
        position: the place in the file.
        name: permanent name of the kind of problem, in kebab-case. It never changes once published.
        message: what is wrong and why, one sentence without a full stop.
        hint: what to do about it, one sentence without a full stop.
        severity: whether it stops the build.
        brief: plural noun phrase for several problems of this kind, shown after their number. Such a problem is shown
            in one line. "" for a problem that is always shown in full.
        listed: True if several brief warnings are listed, a line for each, and not only counted.
    """

    path: str
    position: Position
    name: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR
    brief: str = ""
    listed: bool = False

    def __post_init__(self) -> None:
        """Shorten long quotations in the message, such as a picture in base64."""
        if len(self.message) > _LONG_QUOTE:
            force_setattr(self, "message", _QUOTED.sub(r"\1…\2", self.message))

    @property
    def sort_key(self) -> tuple[str, Position, str, str]:
        """Sort key of a report: file, position, name."""
        return (self.path, self.position, self.name, self.message)

    def shown_path(self, root: str) -> str:
        """Return the path of the file for an editor to open; ``root`` is the path of the content folder, or ""."""
        return posixpath.normpath(posixpath.join(root, self.path))


class ProblemLog:
    """Collects the problems of one run without duplicates. Iteration is in report order."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}

    def add(self, problem: Problem) -> None:
        """Add ``problem``."""
        self._problems[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add each of ``problems``."""
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


def format_problems(
    problems: Iterable[Problem], *, root: str, source_line: Callable[[str, int], str | None]
) -> Iterator[str]:
    """Yield the text of each problem. Brief problems of one kind share a text.

    Several brief warnings are shown as their number, unless they are to be listed. Brief problems come first, because a
    terminal shows the last lines and brief problems are usually old ones.

    Args:
        problems: in report order.
        root: as in ``format_problem``.
        source_line: as in ``format_problem``.
    """
    brief_warnings: dict[tuple[str, str], list[Problem]] = {}
    brief_lists: dict[tuple[str, str], list[Problem]] = {}
    others: list[Problem] = []
    for problem in problems:
        if not problem.brief:
            others.append(problem)
        elif problem.severity is Severity.ERROR or problem.listed:
            brief_lists.setdefault((problem.name, problem.hint), []).append(problem)
        else:
            brief_warnings.setdefault((problem.severity.value, problem.brief), []).append(problem)
    show = partial(format_problem, root=root, source_line=source_line)
    for (severity, noun), group in sorted(brief_warnings.items()):
        yield f"{severity}: {len(group)} {noun}" if len(group) > 1 else f"{show(group[0])}\n = mend: {group[0].hint}"
    for (_, hint), group in sorted(brief_lists.items()):
        yield "\n".join((*map(show, group), f" = mend: {hint}"))
    yield from map(show, others)


def format_problem(problem: Problem, *, root: str, source_line: Callable[[str, int], str | None]) -> str:
    """Return ``problem`` as shown to an author: several lines (one if brief) without a final newline.

    Args:
        problem: the problem.
        root: path of the content folder, put before the problem's path so that an editor can open it.
        source_line: returns the text of a line of a file (path, line number), or None if there is none.
    """
    line, column = problem.position.line, problem.position.column
    shown_path = problem.shown_path(root)
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
    """Return the part of a line around a column that fits into ``width`` terminal cells, and the new column."""
    near = source[max(0, column - 1 - width) : column - 1 + width]
    if len(source) == len(near) and sum(map(_cells, near)) <= width:
        return source, column
    index, room = min(column - 1, len(source)), width - 2 * len(_ELLIPSIS)
    # Two thirds before the caret, which needs a cell itself: the words before it explain most.
    start = _fitting(source[max(0, index - width) : index][::-1], room * 2 // 3)
    end = _fitting(source[index : index + width], room - sum(map(_cells, source[index - start : index])))
    used_after = sum(map(_cells, source[index : index + end]))
    start = _fitting(source[max(0, index - width) : index][::-1], room - max(1, used_after))
    before, after = _ELLIPSIS if start < index else "", _ELLIPSIS if index + end < len(source) else ""
    return f"{before}{source[index - start : index + end]}{after}", start + len(before) + column - index


def _fitting(text: str, room: int) -> int:
    """Return how many characters of ``text`` fit into ``room`` cells."""
    return sum(used <= room for used in accumulate(map(_cells, text)))


def _cells(character: str) -> int:
    """Return how many terminal cells a character takes. A tab counts as 8, the most that it can take."""
    if character == "\t":
        return 8
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _printable(text: str) -> str:
    """Replace control characters, which would move the terminal's cursor."""
    return "".join(c if c == "\t" or unicodedata.category(c) != "Cc" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _caret_indent(source: str, column: int) -> str:
    """Return the white space that puts the caret below ``column``. Tabs stay tabs, wide characters take two cells."""
    before = source[: column - 1]
    return "".join("\t" if character == "\t" else " " * _cells(character) for character in before) + " " * max(
        0, column - 1 - len(before)
    )
