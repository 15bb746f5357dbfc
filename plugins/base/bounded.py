"""A dictionary and a set of limited size, for what is found again if it is needed again.

Both are emptied when they are full. What is often used is soon back, and no order of use has to be kept.
"""

from __future__ import annotations

from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class BoundedDict(dict[_Key, _Value]):
    """A dictionary that is emptied before an assignment adds more than ``limit`` keys."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: _Key, value: _Value) -> None:
        if len(self) >= self._limit and key not in self:
            self.clear()
        super().__setitem__(key, value)


class BoundedSet(set[_Key]):
    """A set that is emptied before ``add`` adds more than ``limit`` items."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def add(self, item: _Key, /) -> None:
        """Add ``item``."""
        if len(self) >= self._limit and item not in self:
            self.clear()
        super().add(item)
