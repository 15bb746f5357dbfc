"""Correct the problems of a file that need no judgement (``inv check --fix``).

Each change belongs to a problem that the check reports, and alters the lines of that problem only. A change is dropped
if the problem remains, if the front matter would read differently, or if a record holds the hash of the wording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from plugins.authoring.check.list_layout import check_lists, is_shallow
from plugins.authoring.check.quotation_marks import check_quotation_marks, straight, straightened
from plugins.authoring.check.spelling import Slip
from plugins.base.positions import Value
from plugins.content_model.commitment import Commitment, wording_hash
from plugins.content_model.entry import Entry
from plugins.content_model.front_matter import FENCE, Split, split
from plugins.content_model.loader import parse_entry
from plugins.content_model.markdown_line import FOREIGN_BULLETS, Line, LineKind, foreign_items
from plugins.content_model.story import Story, approval_hash
from plugins.content_model.yaml_errors import goes_on, with_value_in_quotes
from plugins.content_model.yaml_reader import YamlError, read_yaml

Outline = Callable[[str], Sequence[Line]]
#: Takes all lines of a file and the number of one, and returns the corrected line.
_Change = Callable[[Sequence[str], int], str]
#: Rounds of changes. One change can uncover another, such as that of the second fence.
_ROUNDS = 4
_FOREIGN_BULLET = re.compile(rf"^(\s*(?:>\s?)*)[–{''.join(FOREIGN_BULLETS)}]\s*")


def autofix(text: str, path: str, kind: type[Entry], outline: Outline, american: Iterable[Slip] = ()) -> str:
    """Return the file ``text`` with every safe correction.

    Args:
        text: the whole file.
        path: its path, relative to the content folder.
        kind: the model of its entry.
        outline: reads Markdown.
        american: the American spellings found in ``text``.
    """
    return _Fixer(path, kind, outline).fix(text, american)


class _Fixer(Struct, frozen=True):
    """Corrects one file; the fields are the arguments of ``autofix``."""

    path: str
    kind: type[Entry]
    outline: Outline

    def fix(self, text: str, american: Iterable[Slip]) -> str:
        text = self._unless_recorded(text, _british(text, american))
        for _ in range(_ROUNDS):
            before = text
            text = self._from_fence(text)
            for name, change in _OF_ONE_LINE:
                text = self._line_by_line(text, name, change)
            for change_body in (self._with_gaps, self._nested):
                text = self._unless_recorded(text, change_body(text))
            if text == before:
                break
        return text

    def _from_fence(self, text: str) -> str:
        """Remove the empty lines above the first fence."""
        problem = split(text, self.path)
        is_late = not isinstance(problem, Split) and problem.name == "text-before-fence"
        return text.lstrip("\ufeff \t\n") if is_late else text

    def _line_by_line(self, text: str, name: str, change: _Change) -> str:
        """Apply ``change`` to each line with the problem ``name``, including problems that a change uncovers."""
        passed: set[int] = set()
        while found := self._lines_with(text, name) - passed:
            number = min(found)
            passed.add(number)
            lines = text.split("\n")
            lines[number - 1] = change(lines, number)
            changed = "\n".join(lines)
            if changed != text and number not in self._lines_with(changed, name) and _says_as_much(text, changed):
                text = self._unless_recorded(text, changed)
        return text

    def _lines_with(self, text: str, name: str) -> set[int]:
        """Return the lines with the problem ``name``."""
        entry, problems = parse_entry(text, self.path, self.kind)
        found = {problem.position.line for problem in problems if problem.name == name}
        parts = split(text, self.path)
        if name == "curly-quotes" and entry is not None:
            problems_of_marks = check_quotation_marks(entry.source.front_matter, self.path, entry.source.positions)
            found |= {problem.position.line for problem in problems_of_marks}
        elif name == "foreign-bullet" and isinstance(parts, Split):
            # The Markdown check reports these bullets too, but only when it renders a body.
            found |= {parts.body_line + line.number for line in foreign_items(self.outline(parts.body))}
        return found

    def _unless_recorded(self, before: str, after: str) -> str:
        """Return ``after``, or ``before`` if the file records the hash of a wording that ``after`` changes."""
        if after == before:
            return before
        then, now = (_recorded(parse_entry(text, self.path, self.kind)[0]) for text in (before, after))
        return before if then is not None and now != then else after

    def _with_gaps(self, text: str) -> str:
        """Add a blank line before each list that needs one."""

        def change(lines: Sequence[Line]) -> Iterator[str]:
            for line in lines:
                if line.kind is LineKind.ITEM and line.gap is not None:
                    yield line.gap
                yield line.source

        return self._with_body(text, change)

    def _nested(self, text: str) -> str:
        """Indent the items of a list whose nesting is unclear, and their lines, by four spaces a level."""

        def change(lines: Sequence[Line]) -> Iterator[str]:
            shallow = _in_shallow_lists(lines)
            return (_indented(line) if line.number in shallow else line.source for line in lines)

        return self._with_body(text, change)

    def _with_body(self, text: str, change: Callable[[Sequence[Line]], Iterable[str]]) -> str:
        """Return ``text`` with the lines of its body changed, if Markdown reads them as before."""
        parts = split(text, self.path)
        if not isinstance(parts, Split):
            return text
        lines = self.outline(parts.body)
        if not any(check_lists(lines, self.path, parts.body_line)):
            return text
        body = "\n".join(change(lines))
        if list(map(_meaning, _without_blanks(lines))) != list(map(_meaning, _without_blanks(self.outline(body)))):
            return text
        return text[: len(text) - len(parts.body)] + body


def _british(text: str, american: Iterable[Slip]) -> str:
    lines = text.split("\n")
    for slip in sorted(american, key=lambda slip: slip.position, reverse=True):
        line, at = lines[slip.position.line - 1], slip.position.column - 1
        if slip.american and len(slip.corrections) == 1 and line[at : at + len(slip.word)] == slip.word:
            lines[slip.position.line - 1] = line[:at] + slip.corrections[0] + line[at + len(slip.word) :]
    return "\n".join(lines)


def _fence(_lines: Sequence[str], _number: int) -> str:
    return FENCE


def _spaces(lines: Sequence[str], number: int) -> str:
    """Write two spaces for each tab before the first word."""
    line = lines[number - 1]
    indent = line[: len(line) - len(line.lstrip())]
    return indent.replace("\t", "  ") + line[len(indent) :]


def _in_quotes(lines: Sequence[str], number: int) -> str:
    return lines[number - 1] if goes_on(number, lines) else with_value_in_quotes(lines[number - 1])


def _straightened(lines: Sequence[str], number: int) -> str:
    return straightened(lines[number - 1])


def _hyphen(lines: Sequence[str], number: int) -> str:
    return _FOREIGN_BULLET.sub(r"\1- ", lines[number - 1])


#: Problems that a change of their own line corrects, in the order in which one uncovers another.
_OF_ONE_LINE: tuple[tuple[str, _Change], ...] = (
    ("broken-fence", _fence),
    ("tab-indent", _spaces),
    ("colon-in-text", _in_quotes),
    ("curly-quotes", _straightened),
    ("unknown-field", _straightened),
    ("foreign-bullet", _hyphen),
)


def _says_as_much(before: str, after: str) -> bool:
    """Return whether the front matter reads as before except for curly quotation marks, if it could be read before."""
    then, now = _read(before), _read(after)
    return then is None or (now is not None and _plain(then[0]) == _plain(now[0]))


def _read(text: str) -> tuple[Value] | None:
    """Return the parsed front matter of ``text`` in a tuple, or None if it cannot be read."""
    parts = split(text, "")
    try:
        return (read_yaml(parts.yaml, "").value,) if isinstance(parts, Split) else None
    except YamlError:
        return None


def _plain(value: Value) -> Value:
    """Return ``value`` without the curly quotation marks around names and texts."""
    if isinstance(value, dict):
        return {straight(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return straight(value) if isinstance(value, str) else value


def _recorded(entry: Entry | None) -> str | None:
    """Return the hash of the recorded wording of ``entry``, or None if nothing is recorded."""
    if isinstance(entry, Story) and entry.approved_text is not None:
        return approval_hash(entry)
    return wording_hash(entry) if isinstance(entry, Commitment) and entry.log else None


def _without_blanks(lines: Sequence[Line]) -> Iterator[Line]:
    return (line for line in lines if line.kind is not LineKind.BLANK)


def _meaning(line: Line) -> tuple[object, ...]:
    """Return how Markdown reads a line: its kind, its depth in lists, and its text."""
    text = line.text if line.indent is None or line.kind is LineKind.FENCE else line.text.lstrip(" ")
    return (line.kind, line.depth, line.indent, line.prefix, line.escape, line.unclear, line.level, text)


def _in_shallow_lists(lines: Sequence[Line]) -> set[int]:
    """Return the lines of all lists that hold an item with too small an indent."""
    found: set[int] = set()
    together: list[Line] = []
    for line in (*lines, None):
        if line is not None and (line.depth or line.kind is LineKind.BLANK):
            together.append(line)
            continue
        if any(map(is_shallow, together)):
            found |= {member.number for member in together}
        together = []
    return found


def _indented(line: Line) -> str:
    if line.prefix or line.indent is None or line.kind is LineKind.BLANK:
        return line.source
    return " " * line.indent + (line.text if line.kind is LineKind.FENCE else line.source.lstrip())
