"""Cache the steps of a build in the memory of a process that builds again and again.

Each result is kept with its inputs, which are compared as a whole: there is no hash that could collide and no file time
to trust. A result that the last finished build did not use is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from plugins.base.cache import Cache, DependencyTracker, Sources

_T = TypeVar("_T")

#: Results of one step that differ only in their lookups. A mistake and its correction need two.
_VERSIONS = 3


@dataclass(slots=True)
class _Kept:
    """A result, its lookups (source, method, key and answer), and the build that used it last."""

    value: Any
    answers: tuple[tuple[str, Callable[[Any, Any], object], Hashable, object], ...]
    used: int


class MemoryCache(Cache):
    """A cache that lives as long as its process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Hashable], list[_Kept]] = {}
        self._build = 0
        self.made = 0

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return the result of ``make``, or the stored one for the same ``inputs`` and answers."""
        key = (step, inputs)
        try:
            versions = self._kept.setdefault(key, [])
        except TypeError:
            # Inputs that are not hashable cannot be compared, so the step runs again.
            self.made += 1
            return make(sources)
        for kept in versions:
            if all(look_up(sources[name], key) == result for name, look_up, key, result in kept.answers):
                kept.used = self._build
                value: _T = kept.value
                return value
        tracker = DependencyTracker(sources)
        made = make(tracker.sources)
        self.made += 1
        answers = tuple((lookup.source, lookup.function, lookup.key, result) for lookup, result in tracker.lookups)
        versions.insert(0, _Kept(made, answers, self._build))
        del versions[_VERSIONS:]
        return made

    def forget(self) -> None:
        """Drop results that were not used since the last call; call it when a build is finished."""
        for key, versions in list(self._kept.items()):
            versions[:] = [kept for kept in versions if kept.used == self._build]
            if not versions:
                del self._kept[key]
        self._build += 1
