"""Positions: where each key and value of a YAML text stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from plugins.base.problem import Position

#: What YAML becomes: mappings, lists, strings, and None for a key without a value.
Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
#: The way to a value: keys and list indexes from the root.
FieldPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Positions:
    """Where each key and value of a front matter stands, by path.

    Attributes:
        keys: the position of each mapping key.
        values: the position of each value.
        odd: the first character of a key or of a value that is not what it seems to be, and where it stands.
    """

    keys: dict[FieldPath, Position] = field(default_factory=dict)
    values: dict[FieldPath, Position] = field(default_factory=dict)
    odd: dict[FieldPath, tuple[str, Position]] = field(default_factory=dict)

    def of(self, path: FieldPath) -> Position:
        """Return the place of the value at ``path``, or of the nearest thing that holds it."""
        for length in range(len(path), -1, -1):
            found = self.values.get(path[:length]) or self.keys.get(path[:length])
            if found is not None:
                return found
        return Position()

    def below(self, path: FieldPath) -> Positions:
        """Return the positions of what stands below ``path``, by the way from there."""
        length = len(path)
        return Positions(
            {way[length:]: place for way, place in self.keys.items() if way[:length] == path and len(way) > length},
            {way[length:]: place for way, place in self.values.items() if way[:length] == path},
        )

    def of_key(self, path: FieldPath) -> Position:
        """Return the place of the key at ``path``, or of the nearest thing that holds it."""
        return self.keys.get(path) or self.of(path)
