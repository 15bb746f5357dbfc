"""Store the position of each key and value of a YAML text."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct, field

from plugins.base.problem import Position

#: A parsed YAML value: mapping, list, string, or None for a key without a value.
Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
#: Path to a value: keys and list indexes from the root.
FieldPath: TypeAlias = tuple[str | int, ...]


class Positions(Struct, frozen=True):
    """Positions of the keys and values of a YAML text, by path.

    Attributes:
        keys: the position of each mapping key.
        values: the position of each value.
        odd: the first misleading character of a key or value (see ``invisible_characters.py``), and its position.
    """

    keys: dict[FieldPath, Position] = field(default_factory=dict)
    values: dict[FieldPath, Position] = field(default_factory=dict)
    odd: dict[FieldPath, tuple[str, Position]] = field(default_factory=dict)

    def of(self, path: FieldPath) -> Position:
        """Return the position of the value at ``path``, or of the nearest value that contains it."""
        for length in range(len(path), -1, -1):
            position = self.values.get(path[:length]) or self.keys.get(path[:length])
            if position is not None:
                return position
        return Position()

    def of_items(self, number: int) -> list[Positions]:
        """Return the positions below each of the first ``number`` items of a list, by their paths from there."""
        made = [Positions() for _ in range(number)]
        for path, place in self.keys.items():
            if len(path) > 1 and isinstance(path[0], int) and path[0] < number:
                made[path[0]].keys[path[1:]] = place
        for path, place in self.values.items():
            if path and isinstance(path[0], int) and path[0] < number:
                made[path[0]].values[path[1:]] = place
        return made

    def of_key(self, path: FieldPath) -> Position:
        """Return the position of the key at ``path``, or of the nearest value that contains it."""
        return self.keys.get(path) or self.of(path)
