"""Track which lists are open at a line of a source."""

from __future__ import annotations

import re

from msgspec import Struct

#: An item is nested in another if it is indented by at least this many spaces more than the other's marker.
NESTING = 2
#: A number with more digits is a year or a count, not the number of an item.
MAX_DIGITS = 2
#: The number of spaces of code, and of a list level in Markdown.
TAB = 4

_MARKER = re.compile(r"(?P<indent> *)(?!([-*])(?: *\2){2,} *$)(?:[-*+]|(?P<number>\d{1,9})[.)]) +\S")


class Marker(Struct, frozen=True):
    """The beginning of a list item.

    Attributes:
        indent: the spaces before it.
        number: None for a bullet.
        wide: whether the number is too long for an item, unless it follows that of another item.
    """

    indent: int
    number: int | None
    wide: bool = False

    @classmethod
    def of(cls, text: str) -> Marker | None:
        """Return the marker that ``text`` begins with, or None."""
        match = _MARKER.match(text)
        if match is None:
            return None
        number = match["number"]
        if number is None:
            return cls(len(match["indent"]), None)
        return cls(len(match["indent"]), int(number), len(number) > MAX_DIGITS)

    def is_followed_by(self, other: Marker) -> bool:
        """Return whether ``other`` is the next item of the same list, or nested in this item."""
        if other.indent >= self.indent + NESTING:
            return True
        return other.number == (None if self.number is None else self.number + 1)


class Level(Struct):
    """An open list: indentation and last number of its markers.

    Footnotes and definitions are levels with ``note``, because indented text belongs to them too.
    """

    indent: int
    note: bool = False
    number: int | None = None


class ListLevels:
    """The lists that are open at a line, outermost first."""

    def __init__(self) -> None:
        self._levels: list[Level] = []

    def __len__(self) -> int:
        return len(self._levels)

    @property
    def indent(self) -> int:
        """The indentation of the innermost list's markers, or 0."""
        return self._levels[-1].indent if self._levels else 0

    def hold(self, indent: int) -> bool:
        """Return whether a line with ``indent`` spaces may belong to an item."""
        return bool(self._levels) and indent >= self._levels[0].indent + NESTING

    def open_note(self) -> None:
        """Close all lists and open a footnote or a definition."""
        self._levels = [Level(0, note=True)]

    def leave(self, indent: int) -> None:
        """Close the lists that a line with ``indent`` spaces does not belong to."""
        while self._levels and indent < self._levels[-1].indent + NESTING:
            self._levels.pop()

    def joins(self, marker: Marker) -> bool:
        """Return whether ``marker`` continues an open list, or begins one nested in it."""
        depth = self._depth(marker)
        if depth < len(self._levels):
            level = self._levels[depth]
            return not level.note and (level.number is None) == (marker.number is None)
        return depth > 0 and not self._levels[-1].note and marker.number in (None, 1)

    def counts_on(self, marker: Marker) -> bool:
        """Return whether ``marker`` is numbered next after the last item of an open list."""
        return any(level.number is not None and marker.number == level.number + 1 for level in self._levels)

    def place(self, marker: Marker) -> None:
        """Open or close lists so that the innermost one is that of ``marker``."""
        depth = self._depth(marker)
        indent = min([marker.indent, *(level.indent for level in self._levels[depth:])])
        del self._levels[depth:]
        self._levels.append(Level(indent, number=marker.number))

    def _depth(self, marker: Marker) -> int:
        """Return how many open lists ``marker`` is nested in."""
        return sum(level.indent + NESTING <= marker.indent for level in self._levels)
