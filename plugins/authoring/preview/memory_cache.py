"""Memory: what the builds of one preview remember of each other.

Every result is kept with all of its inputs, and both are compared whole: there is no hash to collide and no time of a
file to trust. What no finished build used since the last one is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from plugins.base.cache import Cache, DependencyTracker, Sources

_T = TypeVar("_T")

#: Results of one step that differ only in what they looked up; a mistake made and mended wants two.
_VERSIONS = 3


@dataclass(slots=True)
class _Kept:
    """A result, what it looked up (where, how, by which key, and the answer), and the build that used it last."""

    value: Any
    answers: tuple[tuple[str, Callable[[Any, Any], object], Hashable, object], ...]
    used: int


class Memory(Cache):
    """A memo that lives as long as its process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Hashable], list[_Kept]] = {}
        self._build = 0
        self.made = 0

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return what ``make`` gives, or gave for the same ``inputs`` and answers."""
        key = (step, inputs)
        try:
            versions = self._kept.setdefault(key, [])
        except TypeError:
            # What cannot be compared is done again.
            self.made += 1
            return make(sources)
        for kept in versions:
            if all(look_up(sources[name], key) == result for name, look_up, key, result in kept.answers):
                kept.used = self._build
                value: _T = kept.value
                return value
        watch = DependencyTracker(sources)
        made = make(watch.sources)
        self.made += 1
        answers = tuple((lookup.source, lookup.function, lookup.key, result) for lookup, result in watch.lookups)
        versions.insert(0, _Kept(made, answers, self._build))
        del versions[_VERSIONS:]
        return made

    def forget(self) -> None:
        """Forget what was not used since this was last called; call it when a build is finished."""
        for key, versions in list(self._kept.items()):
            versions[:] = [kept for kept in versions if kept.used == self._build]
            if not versions:
                del self._kept[key]
        self._build += 1
