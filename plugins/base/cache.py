"""Cache the results of pure, costly steps, so that a later build repeats only the steps whose inputs changed.

A step gives its name and all inputs of its result. Inputs that cannot be compared make the step run again. A step that
looks things up in a large source, such as all entries, gets a tracked source instead: each lookup and its answer are
inputs, and a later build repeats the lookups before it uses the result. So a step cannot depend on anything that it
does not declare.

A single build has no cache. The preview keeps one in memory (``plugins/authoring/preview``). `inv check` and
`inv build` keep one in a file (``engine/cache/persistent.py``).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

_T = TypeVar("_T")

#: A large input of a step: a mapping, a set, or a function of one argument.
Source: TypeAlias = "Mapping[Any, Any] | AbstractSet[Any] | Callable[[Any], Any]"
#: The sources of one step, by name.
Sources: TypeAlias = Mapping[str, Source]
#: Makes what jobs share, given their places among all jobs.
Prepare: TypeAlias = Callable[[Sequence[int]], object]


class Computation(Struct, Generic[_T], frozen=True):
    """One of many computations of the same step.

    Attributes:
        inputs: as in ``Cache.get_or_compute_tracked``.
        make: as in ``Cache.get_or_compute_tracked``.
        topic: what neighbours share that need the same caches of ``make``; "" for nothing.
    """

    inputs: Hashable
    make: Callable[[Mapping[str, Any]], _T]
    topic: str = ""


class Cache(ABC):
    """Interface of a cache of the results of steps."""

    def get_or_compute(self, step: str, inputs: Hashable, make: Callable[[], _T]) -> _T:
        """Return the result of ``make``, from the cache if it was computed before for the same ``inputs``.

        Args:
            step: unique name of the step.
            inputs: everything that the result depends on besides the code, compared by value.
            make: computes the result. It is pure, and its result is never changed.
        """
        return self.get_or_compute_tracked(step, inputs, {}, lambda _: make())

    def get_or_compute_many(
        self, step: str, sources: Sources, jobs: Sequence[Computation[_T]], prepare: Prepare | None = None
    ) -> Sequence[_T]:
        """Return the result of ``get_or_compute_tracked`` for each of ``jobs``, in their order.

        Args:
            step: as in ``get_or_compute_tracked``.
            sources: as in ``get_or_compute_tracked``.
            jobs: they run in several processes where that pays.
            prepare: makes in several processes what jobs share. A cache that knows which jobs have no result may call
                it with their places in ``jobs``.
        """
        del prepare
        return [self.get_or_compute_tracked(step, job.inputs, sources, job.make) for job in jobs]

    @abstractmethod
    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return the result of ``make``, from the cache if its inputs and the results of its lookups are unchanged.

        Args:
            step: as in ``get_or_compute``.
            inputs: everything that the result depends on besides the code and ``sources``.
            sources: the mappings, sets and functions that the step may look things up in.
            make: computes the result. It receives tracked versions of the sources, by the same names.
        """


class NoCache(Cache):
    """A cache that stores nothing. Each step is computed every time."""

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return the result of ``make`` for ``sources``."""
        del step, inputs
        return make(sources)


class Dependency(Struct, frozen=True):
    """One lookup that a step made.

    Attributes:
        source: the name of the source.
        kind: ``value`` of a key, ``has`` for membership, ``all`` for the keys in order, ``call`` for the result of a
            function.
        key: the key or argument. None for ``all``.
    """

    source: str
    kind: str
    key: Hashable = None

    def look_up(self, sources: Sources) -> object:
        """Return the result of the lookup in ``sources``."""
        return self.function(sources[self.source], self.key)

    @property
    def function(self) -> Callable[[Any, Any], object]:
        """The function of source and key that makes the lookup."""
        return LOOKUPS[self.kind]


class _Missing:
    """Result of a ``value`` lookup for a key that does not exist."""


#: The function that makes a lookup, by ``Dependency.kind``.
LOOKUPS: dict[str, Callable[[Any, Any], object]] = {
    "value": lambda source, key: source.get(key, _Missing),
    "has": lambda source, key: key in source,
    "all": lambda source, _: tuple(source),
    "call": lambda source, key: source(key),
}


class DependencyTracker:
    """Records the lookups that are made in some sources, with their results.

    Args:
        sources: the sources to track, by name.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lookups: dict[Dependency, object] = {}

    @property
    def lookups(self) -> tuple[tuple[Dependency, object], ...]:
        """The lookups made so far, each once, with their results."""
        return tuple(self._lookups.items())

    @property
    def sources(self) -> dict[str, Any]:
        """Tracked versions of the sources, by name."""
        return {name: self._tracked(name, source) for name, source in self._sources.items()}

    def look_up(self, dependency: Dependency) -> Any:  # noqa: ANN401 - the type of the source's values
        """Return the result of a lookup, and record it."""
        result = dependency.look_up(self._sources)
        self._lookups[dependency] = result
        return result

    def _tracked(self, name: str, source: Source) -> Any:  # noqa: ANN401 - the type of ``source``
        if isinstance(source, Mapping):
            return _TrackedMapping(self, name)
        if isinstance(source, AbstractSet):
            return _TrackedSet(self, name)
        return lambda key: self.look_up(Dependency(name, "call", key))


class _TrackedCollection:
    def __init__(self, tracker: DependencyTracker, name: str) -> None:
        self._tracker = tracker
        self._name = name

    def __contains__(self, key: object) -> bool:
        return bool(self._tracker.look_up(Dependency(self._name, "has", key)))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._tracker.look_up(Dependency(self._name, "all")))

    def __len__(self) -> int:
        return len(self._tracker.look_up(Dependency(self._name, "all")))


class _TrackedMapping(_TrackedCollection, Mapping[Any, Any]):
    def __getitem__(self, key: Hashable) -> Any:  # noqa: ANN401 - the type of the mapping's values
        value = self._tracker.look_up(Dependency(self._name, "value", key))
        if value is _Missing:
            raise KeyError(key)
        return value


class _TrackedSet(_TrackedCollection, AbstractSet[Any]):
    @classmethod
    def _from_iterable(cls, items: Iterable[Any]) -> AbstractSet[Any]:
        return frozenset(items)
