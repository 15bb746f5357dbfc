"""Change single values of front matter without changing comments, quotation marks and order.

PyYAML's ``compose`` gives the position of each value. Only the characters of a changed value are replaced, and only the
lines of a removed field. A new field is inserted in the order of its model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import yaml

from plugins.authoring.editor.form.yaml_scalars import written
from plugins.base.positions import Value
from plugins.content_model.yaml_reader import YamlError, read_yaml


class LayoutError(ValueError):
    """The layout of the front matter does not allow a safe change. The message names the field."""


def changed(text: str, values: Mapping[str, Value], order: Sequence[str]) -> str:
    """Return the front matter ``text`` with ``values`` in it.

    Args:
        text: YAML between the fences, with newlines as line ends.
        values: the new values. "" or an empty list removes a field. Other fields stay.
        order: all fields of the model, in its order.

    Raises:
        LayoutError: if a field cannot be changed without changing another.
        YamlError: if ``text`` cannot be parsed.
    """
    for name, value in values.items():
        held = read(text)
        if same(held.get(name), value):
            continue
        expected = {key: one for key, one in held.items() if key != name} | ({} if is_empty(value) else {name: value})
        for way in (_with_value, _with_value_anew):
            made = way(text, name, value, order)
            if _reads_as(made, expected):
                text = made
                break
        else:
            raise LayoutError(name)
    return text


def read(text: str) -> dict[str, Value]:
    """Return the values of the front matter ``text``.

    Raises:
        YamlError: if it cannot be parsed.
    """
    value = read_yaml(text, "").value
    return value if isinstance(value, dict) else {}


def is_empty(value: Value) -> bool:
    """Tell whether ``value`` is empty, so that its field can be removed."""
    if isinstance(value, dict):
        return all(map(is_empty, value.values()))
    if isinstance(value, list):
        return all(map(is_empty, value))
    return value is None or not value.strip()


def same(one: Value, other: Value) -> bool:
    """Tell whether two values are equal apart from white space, because a form shows a folded text on one line."""
    if isinstance(one, dict) and isinstance(other, dict):
        names = {name for name, value in (*one.items(), *other.items()) if not is_empty(value)}
        return all(same(one.get(name), other.get(name)) for name in names)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if is_empty(one) and is_empty(other):
        return True
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return False


def _reads_as(text: str, expected: Mapping[str, Value]) -> bool:
    try:
        held = read(text)
    except YamlError:
        return False
    return all(same(held.get(name), expected.get(name)) for name in {*held, *expected})


def _with_value(text: str, name: str, value: Value, order: Sequence[str]) -> str:
    """Change the field ``name`` with as few edits as possible."""
    editing = _Editing(text)
    pair = editing.find(name)
    if pair is None:
        return editing.with_new(name, value, order)
    if is_empty(value):
        return editing.without(pair)
    editing.replace(pair, value)
    return editing.made()


def _with_value_anew(text: str, name: str, value: Value, _order: Sequence[str]) -> str:
    """Remove the field ``name`` and write it again. Comments within it are lost."""
    editing = _Editing(text)
    pair = editing.find(name)
    if pair is None:
        return text
    if is_empty(value):
        return editing.without(pair)
    start, end = editing.lines_of(pair)
    return "".join((*editing.lines[:start], *(f"{line}\n" for line in block(name, value)), *editing.lines[end:]))


def block(name: str, value: Value) -> list[str]:
    """Return the lines of a new field."""
    if isinstance(value, str | None):
        return [f"{name}: {written(value or '')}"]
    return [f"{name}:", *_inside(value, 2)]


def _inside(value: Value, indent: int) -> list[str]:
    space = " " * indent
    if isinstance(value, dict):
        return [
            line
            for key, one in value.items()
            if not is_empty(one)
            for line in (
                [f"{space}{key}: {written(one)}"]
                if isinstance(one, str)
                else [f"{space}{key}:", *_inside(one, indent + 2)]
            )
        ]
    lines: list[str] = []
    for one in value if isinstance(value, list) else []:
        if isinstance(one, str):
            lines.append(f"{space}- {written(one)}")
        elif not is_empty(one):
            first, *rest = _inside(one, indent + 2)
            lines += [f"{space}- {first.lstrip()}", *rest]
    return lines


class _Editing:
    """A front matter and its pending changes."""

    def __init__(self, text: str) -> None:
        self.text = text if text.endswith("\n") or not text else f"{text}\n"
        self._had_end = text.endswith("\n") or not text
        self.lines = self.text.splitlines(keepends=True)
        # An empty mapping has no node.
        self._root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        self._changes: list[tuple[int, int, str]] = []

    def find(self, name: str) -> tuple[yaml.Node, yaml.Node] | None:
        pairs = self._root.value if isinstance(self._root, yaml.MappingNode) else []
        return next((pair for pair in pairs if pair[0].value == name), None)

    def made(self) -> str:
        text = self.text
        for start, end, put in sorted(self._changes, reverse=True):
            text = text[:start] + put + text[end:]
        return self._ended(text)

    def _ended(self, text: str) -> str:
        return text if self._had_end else text.removesuffix("\n")

    def lines_of(self, pair: tuple[yaml.Node, yaml.Node]) -> tuple[int, int]:
        """Return the first line of a field, and the one after its last, without comments of the next field."""
        start = pair[0].start_mark.line
        return start, max(start + 1, self._end_line(pair[1]))

    def _end_line(self, node: yaml.Node) -> int:
        """Return the line after the last of ``node``, without blank lines and comments that follow it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            # The end mark of a block node is at the next token.
            last = node.value[-1]
            key, value = last if isinstance(last, tuple) else (last, last)
            return max(int(key.start_mark.line) + 1, self._end_line(value))
        mark = node.end_mark
        end = int(mark.line) + 1 if mark.column else int(mark.line)
        while end > node.start_mark.line + 1 and not self.lines[end - 1].strip():
            end -= 1
        return end

    def without(self, pair: tuple[yaml.Node, yaml.Node]) -> str:
        start, end = self.lines_of(pair)
        return self._ended("".join(self.lines[:start] + self.lines[end:]))

    def with_new(self, name: str, value: Value, order: Sequence[str]) -> str:
        """Insert a field at the comment that holds its place, else after its predecessor in the model."""
        made = [f"{line}\n" for line in block(name, value)]
        for number, line in enumerate(self.lines):
            if line.startswith(f"#{name}:"):
                end = number + 1
                while end < len(self.lines) and re.match(r"#  +\S", self.lines[end]):
                    end += 1
                return self._ended("".join((*self.lines[:number], *made, *self.lines[end:])))
        before = order[: order.index(name)] if name in order else order
        pairs = [pair for one in before if (pair := self.find(one)) is not None]
        at = max((self.lines_of(pair)[1] for pair in pairs[-1:]), default=0)
        return self._ended("".join((*self.lines[:at], *made, *self.lines[at:])))

    def replace(self, pair: tuple[yaml.Node, yaml.Node], value: Value) -> None:
        """Record the edits that change the value of ``pair`` to ``value``, as far as single edits can."""
        key, node = pair
        if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
            self._scalar(key, node, value)
        elif isinstance(node, yaml.SequenceNode) and isinstance(value, list):
            self._sequence(node, value)
        elif isinstance(node, yaml.MappingNode) and isinstance(value, dict):
            self._mapping(node, value)

    def _scalar(self, key: yaml.Node | None, node: yaml.ScalarNode, value: str) -> None:
        if node.value.split() == value.split():
            return
        start, end = node.start_mark.index, node.end_mark.index
        if start == end and key is not None:
            colon = self.text.index(":", key.end_mark.index) + 1
            self._changes.append((colon, colon, f" {written(value)}"))
        elif node.style in {"|", ">"}:
            self._changes.append((start, end, f"{written(value)}\n"))
        else:
            self._changes.append((start, end, written(value, node.style or "")))

    def _mapping(self, node: yaml.MappingNode, value: Mapping[str, Value]) -> None:
        held = {key.value: (key, part) for key, part in node.value}
        for name, one in value.items():
            if name in held and is_empty(one) and not node.flow_style:
                start, end = (sum(map(len, self.lines[:line])) for line in self.lines_of(held[name]))
                if held[name][0] is node.value[0][0]:
                    # The dash of an item is on this line.
                    start += held[name][0].start_mark.column
                    indent = " " * held[name][0].start_mark.column
                    end += len(indent) if self.text[end:].startswith(indent) else 0
                self._changes.append((start, end, ""))
            elif name in held:
                self.replace(held[name], one)
            elif not is_empty(one) and node.value and not node.flow_style:
                indent = node.value[0][0].start_mark.column
                at = sum(map(len, self.lines[: self.lines_of(node.value[-1])[1]]))
                self._changes.append((at, at, "".join(f"{line}\n" for line in _inside({name: one}, indent))))

    def _sequence(self, node: yaml.SequenceNode, value: Sequence[Value]) -> None:
        if node.flow_style:
            if len(node.value) == len(value) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
                for part, one in zip(node.value, value, strict=True):
                    self._scalar(None, part, str(one))
            elif all(isinstance(one, str) for one in value):
                text = f"[{', '.join(written(str(one)) for one in value)}]"
                self._changes.append((node.start_mark.index, node.end_mark.index, text))
            return
        held = [_plain(part) for part in node.value]
        wanted = [_key(one) for one in value]
        matcher = SequenceMatcher(None, [_key(one) for one in held], wanted, autojunk=False)
        for tag, first, last, new_first, new_last in matcher.get_opcodes():
            if tag == "replace" and last - first == new_last - new_first:
                for part, one in zip(node.value[first:last], value[new_first:new_last], strict=True):
                    self._item(part, one)
            elif tag != "equal":
                self._splice(node, first, last, value[new_first:new_last])

    def _item(self, part: yaml.Node, value: Value) -> None:
        if isinstance(part, yaml.ScalarNode):
            self._scalar(None, part, str(value))
        elif isinstance(part, yaml.MappingNode) and isinstance(value, dict):
            self._mapping(part, value)

    def _splice(self, node: yaml.SequenceNode, first: int, last: int, value: Sequence[Value]) -> None:
        starts = [part.start_mark.line for part in node.value]
        ends = [max(part.start_mark.line + 1, self._end_line(part)) for part in node.value]
        at = starts[first] if first < len(starts) else ends[-1]
        end = ends[last - 1] if last > first else at
        indent = node.start_mark.column
        text = "".join(f"{line}\n" for line in _inside(list(value), indent))
        self._changes.append((sum(map(len, self.lines[:at])), sum(map(len, self.lines[:end])), text))


def _plain(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(part) for key, part in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part) for part in node.value]
    return str(node.value)


def _key(value: Value) -> str:
    """Return the key by which two items of a list are matched."""
    if isinstance(value, dict):
        return repr(sorted((name, _key(one)) for name, one in value.items() if not is_empty(one)))
    if isinstance(value, list):
        return repr([_key(one) for one in value])
    return " ".join((value or "").split())
