"""Cache the steps of a build in the memory of a process that builds again and again.

Each result is kept with its inputs, which are compared as a whole: there is no hash that could collide and no file time
to trust. A result that the last finished build did not use is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias, TypeVar, cast

from msgspec import Struct, field

from plugins.base.cache import Cache, Computation, DependencyTracker, Prepare, Source, Sources

_T = TypeVar("_T")
#: A lookup: its method, its key and its result.
_Answer: TypeAlias = tuple[Callable[[Any, Any], object], Hashable, object]

#: Results of one step that differ only in their lookups. A mistake and its correction need two.
_VERSIONS = 3


class _Kept(Struct):
    """A result and what makes it valid.

    Attributes:
        value: the result.
        answers: its lookups (method, key and answer) by source.
        used: the build that used it last.
        checked: the version of the step's sources for which the answers are known to be the same.
    """

    value: Any
    answers: Mapping[str, tuple[_Answer, ...]]
    used: int
    checked: int = 0


class _SourceVersion(Struct, frozen=True):
    """The sources of a step, as ``get_or_compute_many`` received them last.

    Attributes:
        number: counts the changes of their items.
        items: the items of each mapping and set.
        same: the sources whose items are those of the version before.
    """

    number: int = 0
    items: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    same: frozenset[str] = frozenset()

    def next(self, sources: Sources) -> _SourceVersion:
        """Return the version of ``sources``: this one if no item has changed."""
        items = {name: _items(source) for name, source in sources.items() if not callable(source)}
        if items == self.items:
            return self
        same = frozenset(name for name in items if items[name] == self.items.get(name))
        return _SourceVersion(self.number + 1, items, same)

    def skipped(self, checked: int) -> AbstractSet[str]:
        """Return the sources that give the same answers as those of the version ``checked``."""
        if checked == self.number:
            return self.items.keys()
        return self.same if checked == self.number - 1 else frozenset()


class MemoryCache(Cache):
    """A cache that lives as long as its process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Hashable], list[_Kept]] = {}
        self._sources: dict[str, _SourceVersion] = {}
        self._build = 0
        self.made = 0

    def get_or_compute_many(
        self, step: str, sources: Sources, jobs: Sequence[Computation[_T]], prepare: Prepare | None = None
    ) -> Sequence[_T]:
        """Return the result of each of ``jobs``. Lookups in sources that did not change are not repeated."""
        del prepare
        version = self._sources[step] = self._sources.get(step, _SourceVersion()).next(sources)
        return [self._find(step, job.inputs, sources, job.make, version) for job in jobs]

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return the result of ``make``, or the stored one for the same ``inputs`` and answers."""
        return self._find(step, inputs, sources, make, None)

    def _find(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T],
        version: _SourceVersion | None,
    ) -> _T:  # fmt: skip
        key = (step, inputs)
        try:
            versions = self._kept.setdefault(key, [])
        except TypeError:
            # Inputs that are not hashable cannot be compared, so the step runs again.
            self.made += 1
            return make(sources)
        for kept in versions:
            if _is_valid(kept, sources, version.skipped(kept.checked) if version else frozenset()):
                kept.used = self._build
                if version:
                    kept.checked = version.number
                value: _T = kept.value
                return value
        tracker = DependencyTracker(sources)
        made = make(tracker.sources)
        self.made += 1
        answers: dict[str, list[_Answer]] = {}
        for lookup, result in tracker.lookups:
            answers.setdefault(lookup.source, []).append((lookup.function, lookup.key, result))
        by_source = {name: tuple(found) for name, found in answers.items()}
        versions.insert(0, _Kept(made, by_source, self._build, version.number if version else 0))
        del versions[_VERSIONS:]
        return made

    def forget(self) -> None:
        """Drop results that were not used since the last call; call it when a build is finished."""
        for key, versions in list(self._kept.items()):
            versions[:] = [kept for kept in versions if kept.used == self._build]
            if not versions:
                del self._kept[key]
        self._build += 1


def _is_valid(kept: _Kept, sources: Sources, skipped: AbstractSet[str]) -> bool:
    """Return whether the lookups of ``kept`` have the same answers, without those in the sources ``skipped``."""
    for name, answers in kept.answers.items():
        if name in skipped:
            continue
        source = sources[name]
        # A loop rather than ``all``, because a build checks tens of thousands of answers.
        for look_up, key, result in answers:
            if look_up(source, key) != result:
                return False
    return True


def _items(source: Source) -> tuple[object, ...]:
    """Return the items of a mapping or a set, in order."""
    return tuple(source.items()) if isinstance(source, Mapping) else tuple(cast("AbstractSet[Any]", source))
