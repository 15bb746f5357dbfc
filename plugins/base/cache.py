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
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

_T = TypeVar("_T")

#: What a step may look things up in: a mapping, a set, or a function of one value.
Source: TypeAlias = "Mapping[Any, Any] | AbstractSet[Any] | Callable[[Any], Any]"
#: Those of one step, by name.
Sources: TypeAlias = Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Computation(Generic[_T]):
    """A step to be done for one of many things.

    Attributes:
        inputs: as in ``Cache.get_or_compute_tracked``.
        make: the same.
    """

    inputs: Hashable
    make: Callable[[Mapping[str, Any]], _T]


class Cache(ABC):
    """Remembers what steps gave."""

    def get_or_compute(self, step: str, inputs: Hashable, make: Callable[[], _T]) -> _T:
        """Return what ``make`` gives, or gave for the same ``inputs``.

        Args:
            step: names the step; two steps never share a name.
            inputs: all that the result depends on, besides the code itself; compared by value.
            make: does the step. It is pure, and nobody changes what it gives.
        """
        return self.get_or_compute_tracked(step, inputs, {}, lambda _: make())

    def get_or_compute_many(self, step: str, sources: Sources, jobs: Sequence[Computation[_T]]) -> Sequence[_T]:
        """Return what ``get_or_compute_tracked`` gives for each of ``jobs``, in their order."""
        return [self.get_or_compute_tracked(step, job.inputs, sources, job.make) for job in jobs]

    @abstractmethod
    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return what ``make`` gives for ``sources``, or gave while they answered the same to all that it asked.

        Args:
            step: as in ``get_or_compute``.
            inputs: as in ``get_or_compute``, but for what is looked up.
            sources: what the step may look things up in.
            make: does the step; it is handed the sources, watched, by the same names.
        """


class NoCache(Cache):
    """Remembers nothing: a build on its own does each step anew."""

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return what ``make`` gives for ``sources``."""
        del step, inputs
        return make(sources)


@dataclass(frozen=True, slots=True)
class Dependency:
    """Something that a step asked.

    Attributes:
        source: the name of what it asked.
        way: ``value`` of a key, ``has`` for whether it is there, ``all`` for the keys in order, ``call`` for what a
            function gives.
        key: what it asked for; None where it asked for all.
    """

    source: str
    way: str
    key: Hashable = None

    def ask(self, sources: Sources) -> object:
        """Return what ``sources`` answer."""
        return self.asks(sources[self.source], self.key)

    @property
    def asks(self) -> Callable[[Any, Any], object]:
        """The function that asks, of a source and a key."""
        return ASK[self.way]


class _Missing:
    """The answer where there is no such key."""


#: How a source is asked, by the way of a question.
ASK: dict[str, Callable[[Any, Any], object]] = {
    "value": lambda source, key: source.get(key, _Missing),
    "has": lambda source, key: key in source,
    "all": lambda source, _: tuple(source),
    "call": lambda source, key: source(key),
}


class DependencyTracker:
    """Notes what is asked of some sources, and what they answered.

    Args:
        sources: what may be asked.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._answers: dict[Dependency, object] = {}

    @property
    def answers(self) -> tuple[tuple[Dependency, object], ...]:
        """What was asked so far, each question once, with its answer."""
        return tuple(self._answers.items())

    @property
    def sources(self) -> dict[str, Any]:
        """The sources, watched."""
        return {name: self._watched(name, source) for name, source in self._sources.items()}

    def ask(self, question: Dependency) -> Any:  # noqa: ANN401 - whatever the source holds
        """Return the answer to ``question``, and note it."""
        answer = question.ask(self._sources)
        self._answers[question] = answer
        return answer

    def _watched(self, name: str, source: Source) -> Any:  # noqa: ANN401 - the kind of source that it was
        if isinstance(source, Mapping):
            return _WatchedMapping(self, name)
        if isinstance(source, AbstractSet):
            return _WatchedSet(self, name)
        return lambda key: self.ask(Dependency(name, "call", key))


class _WatchedMapping(Mapping[Any, Any]):
    def __init__(self, watch: DependencyTracker, name: str) -> None:
        self._watch = watch
        self._name = name

    def __getitem__(self, key: Hashable) -> Any:  # noqa: ANN401 - whatever the mapping holds
        found = self._watch.ask(Dependency(self._name, "value", key))
        if found is _Missing:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return bool(self._watch.ask(Dependency(self._name, "has", key)))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._watch.ask(Dependency(self._name, "all")))

    def __len__(self) -> int:
        return len(self._watch.ask(Dependency(self._name, "all")))


class _WatchedSet(AbstractSet[Any]):
    def __init__(self, watch: DependencyTracker, name: str) -> None:
        self._watch = watch
        self._name = name

    @classmethod
    def _from_iterable(cls, items: Iterable[Any]) -> AbstractSet[Any]:
        return frozenset(items)

    def __contains__(self, key: object) -> bool:
        return bool(self._watch.ask(Dependency(self._name, "has", key)))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._watch.ask(Dependency(self._name, "all")))

    def __len__(self) -> int:
        return len(self._watch.ask(Dependency(self._name, "all")))
