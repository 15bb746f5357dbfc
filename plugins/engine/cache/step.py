"""Hold the results of one step, and check which of them are still valid."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import Any, TypeAlias

from msgspec import Struct, field

from plugins.base.cache import LOOKUPS, Sources
from plugins.base.fingerprint import fingerprint

#: Types of answers that are stored instead of their digests.
_SMALL = (str, bool, int, type(None), type)

#: A lookup: the source, the kind and the key (see ``Dependency``), and the answer or its digest.
Answered: TypeAlias = tuple[str, str, Hashable, object]


class StepResult(Struct):
    """A result, and the numbers of its lookups in ``Step.answered``."""

    lookups: array[int]
    value: Any


class LookupChecker:
    """Check whether lookups still have the same answers. Each lookup is repeated once.

    Args:
        answered: the lookups of an earlier run with their answers.
        sources: the sources of this run.
    """

    def __init__(self, answered: list[Answered], sources: Sources) -> None:
        self._answered = answered
        # A reference to each source, so that no other object can get its ``id``.
        self._sources = dict(sources)
        self._known: dict[int, bool] = {}

    def is_valid(self, record: StepResult | None) -> bool:
        """Return whether the step of ``record`` would still give the same result."""
        if record is None:
            return False
        known = self._known
        for number in record.lookups:
            if number not in known:
                known[number] = self._is_same(*self._answered[number])
            if not known[number]:
                return False
        return True

    def _is_same(self, source: str, way: str, key: Hashable, answer: object) -> bool:
        return source in self._sources and compared(LOOKUPS[way](self._sources[source], key)) == answer


class Step(Struct, dict=True):
    """The stored and new results of one step.

    Attributes:
        answered: the lookups of all results, with their answers.
        records: the results by key.
        number_of_pages: a power of two, or 0 when nothing is stored.
        stored: the keys that are in the file.
        values: the digests of the large values that are in the file.
        used: the keys that were requested in this run.
        fresh: the keys whose results are new.
    """

    answered: list[Answered] = field(default_factory=list)
    records: dict[bytes, StepResult] = field(default_factory=dict)
    number_of_pages: int = 0
    stored: frozenset[bytes] = frozenset()
    values: frozenset[bytes] = frozenset()
    used: set[bytes] = field(default_factory=set)
    fresh: set[bytes] = field(default_factory=set)
    _checkers: dict[tuple[int, ...], LookupChecker] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[Answered, int]:
        """The numbers of the lookups."""
        return {answered: number for number, answered in enumerate(self.answered)}

    def checker(self, sources: Sources) -> LookupChecker:
        """Return the checker for ``sources``; the same one for the same objects."""
        key = tuple(map(id, sources.values()))
        if key not in self._checkers:
            self._checkers[key] = LookupChecker(self.answered, sources)
        return self._checkers[key]

    def keep(self, key: bytes, answers: Iterable[Answered], value: object) -> None:
        """Add the result ``value`` for ``key``, with the lookups that gave it."""
        lookups = array("I")
        for answered in answers:
            lookups.append(self.numbers.setdefault(answered, len(self.answered)))
            if lookups[-1] == len(self.answered):
                self.answered.append(answered)
        self.records[key] = StepResult(lookups, value)
        self.fresh.add(key)

    def forget_unused(self) -> None:
        """Remove the results that were not requested in this run."""
        self.records = {key: record for key, record in self.records.items() if key in self.used}


def compared(answer: object) -> object:
    """Return a small answer itself, and the fingerprint of any other."""
    return answer if isinstance(answer, _SMALL) else fingerprint(answer)
