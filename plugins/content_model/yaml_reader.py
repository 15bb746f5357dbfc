"""Parse a strict subset of YAML, and keep the position of every key and value.

All scalars stay strings, and the models convert them, so ``no`` does not become false. Duplicate keys, anchors,
aliases and tags are errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import yaml
from msgspec import Struct

from plugins.base.positions import FieldPath, Positions, Value
from plugins.base.problem import Position, Problem
from plugins.content_model.invisible_characters import (
    INVISIBLE,
    control_characters,
    is_invisible,
    is_misleading,
    misleading_character,
)
from plugins.content_model.yaml_errors import TOO_DEEP, explain

#: Maximum levels of nesting. No model has more than five.
DEEPEST = 20
#: A character outside ASCII in or after the indent, the dash of an item or the name of a field.
_ODD_SPACE = re.compile(r"[ ]*(?:- *)?(?:[A-Za-z_][\w-]*:?)?(?P<odd>[^\x00-\x7f])")
#: A comment after a plain scalar, for which the author most likely meant text: no space follows the `#`.
_LOST = re.compile(r"[ \t]+(?P<text>#\S.*)")


class YamlDocument(Struct, frozen=True):
    """A parsed YAML text: its value and the positions of its parts."""

    value: Value
    positions: Positions


class YamlError(Exception):
    """The YAML is invalid. ``problems`` lists the reasons."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def read_yaml(text: str, path: str, first_line: int = 1) -> YamlDocument:
    """Read one YAML document.

    Args:
        text: YAML.
        path: the file, for problems.
        first_line: the file's line on which ``text`` begins.

    Returns:
        The value (scalars as strings) and the positions of its parts, in lines of the file.

    Raises:
        YamlFault: with every problem found: syntax, duplicate keys, anchors, aliases, tags.
    """
    return _Reader(text, path, first_line).read()


class _Reader:
    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.positions = Positions()
        self.problems: list[Problem] = []
        self._lines = text.split("\n")

    def read(self) -> YamlDocument:
        value: Value = None
        self._refuse_tabs()
        self.problems += control_characters(self.text, self.path, self.first_line)
        if not self.problems:
            try:
                events = yaml.parse(self.text, Loader=yaml.CSafeLoader)
                value = self._document(events)
            except yaml.MarkedYAMLError as error:
                problem = explain(error, self.text, self.path, self.first_line)
                # PyYAML reports an invisible character on its own line or on the next.
                odd = list(self._odd_spaces())
                is_cause = any(abs(cause.position.line - problem.position.line) <= 1 for cause in odd)
                self.problems += odd if is_cause else [problem]
            except yaml.YAMLError:
                self.problems.append(
                    self._problem(
                        1, 1, "yaml-syntax", "the text cannot be read as YAML", "type the block again by hand"
                    ),
                )
        if self.problems:
            raise YamlError(self.problems)
        return YamlDocument(value, self.positions)

    def _document(self, events: Iterator[yaml.Event]) -> Value:
        value: Value = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if event.explicit:
                    self._add(event, "second-document", "`---` may not stand inside a YAML file", "delete this line")
            elif isinstance(event, yaml.NodeEvent):
                value = self._node(event, events, ())
        return value

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: FieldPath) -> Value:
        self.positions.values[path] = self._position(event)
        if len(path) > DEEPEST:
            mark = cast("yaml.Mark | None", event.start_mark)
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=mark)
        if isinstance(event, yaml.AliasEvent):
            self._add(
                event,
                "yaml-alias",
                f"`*{event.anchor}` is YAML for a copy, which is not used here",
                'if you mean the character, put the value in double quotes:  "*..."',
            )
            return None
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._add(
                event,
                "yaml-anchor",
                f"`&{event.anchor}` is YAML for a label, which is not used here",
                'if you mean the character, put the value in double quotes:  "& ..."',
            )
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self._add(
                event,
                "yaml-tag",
                f"`{tag}` is YAML for a type, which is not used here",
                'if you mean the character, put the value in double quotes:  "! ..."',
            )
        if isinstance(event, yaml.ScalarEvent):
            self._note_odd(event, path)
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        value: str = event.value
        found = INVISIBLE.search(value)
        if found:
            self._add(
                event,
                "control-character",
                f"the value holds an invisible character (U+{ord(found[0]):04X})",
                "write it without the backslash, or put the value in single quotes",
            )
        self._lost_text(event)
        # YAML strips plain spaces around a plain scalar, but no others.
        return value if event.style else value.strip() or None

    def _note_odd(self, event: yaml.ScalarEvent, path: FieldPath) -> None:
        """Record the first misleading character of a key or a value."""
        start, end = event.start_mark, event.end_mark
        if event.value.isascii() or start is None or end is None:
            return
        for number in range(start.line, min(end.line + 1, len(self._lines))):
            first = start.column if number == start.line else 0
            last = end.column if number == end.line else len(self._lines[number])
            for column in range(first, last):
                if is_misleading(self._lines[number][column]):
                    place = Position(number + self.first_line, column + 1)
                    self.positions.odd.setdefault(path, (self._lines[number][column], place))
                    return

    def _lost_text(self, event: yaml.ScalarEvent) -> None:
        """Report a comment that is probably text, as in ``title: Lesson #1``."""
        end = event.end_mark
        if end is None or event.style or end.line >= len(self._lines):
            return
        lost = _LOST.match(self._lines[end.line][end.column :])
        if lost:
            self.problems.append(
                Problem(
                    self.path,
                    Position(end.line + self.first_line, end.column + lost.start("text") + 1),
                    "hash-in-text",
                    f"YAML takes `{lost['text']}` for a note and leaves it out of the value",
                    "put the value in double quotes; if it is a note, put a space after the #",
                ),
            )

    def _sequence(self, events: Iterator[yaml.Event], path: FieldPath) -> Value:
        items: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: FieldPath) -> Value:
        mapping: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._add(event, "bad-key", "a field's name must be a plain word", "write the field as  name: value")
                self._node(event, events, (*path, "?"))
                key = "?"
            else:
                key = event.value
                self._note_odd(event, (*path, key))
                if key in mapping:
                    first = self.positions.keys[*path, key]
                    self._add(
                        event,
                        "duplicate-key",
                        f"`{key}` stands twice; the first is on line {first.line}",
                        "keep one of the two",
                    )
                else:
                    self.positions.keys[*path, key] = self._position(event)
            value_event = next(events)
            value = self._node(value_event, events, (*path, key))
            mapping.setdefault(key, value)
        return mapping

    def _refuse_tabs(self) -> None:
        for number, line in enumerate(self.text.split("\n"), start=1):
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent and line.strip():
                self.problems.append(
                    self._problem(
                        number,
                        indent.index("\t") + 1,
                        "tab-indent",
                        "the line is indented with a tab",
                        "use spaces in place of the tab",
                    ),
                )

    def _odd_spaces(self) -> Iterator[Problem]:
        """Yield a problem for each invisible character where YAML expects a space or nothing."""
        for number, line in enumerate(self._lines):
            found = _ODD_SPACE.match(line)
            if found and is_invisible(found["odd"]):
                place = Position(number + self.first_line, found.start("odd") + 1)
                yield misleading_character(self.path, place, found["odd"], "the line", spaces=True)

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        return Position(mark.line + self.first_line, mark.column + 1) if mark else Position(self.first_line, 1)

    def _add(self, event: yaml.Event, name: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, self._position(event), name, message, hint))

    def _problem(self, line: int, column: int, name: str, message: str, hint: str) -> Problem:
        return Problem(self.path, Position(line + self.first_line - 1, column), name, message, hint)
