"""PersistentCache: a memo in a file, for commands that are run again and again over the same texts.

A result is kept under a digest of its inputs, with all that its step asked and a digest of each answer. What is large
and seldom looked at (``Lazy``) is kept apart and fetched when somebody asks for it. Results of one step lie on pages
of a hundred or so, so that a change of one writes one page, not all.

Results are pickled: they are of many types, and whoever can write the file can run code. ``Store`` reads no file that
anybody but its owner can have written.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from array import array
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from plugins.base.cache import LOOKUPS, Cache, Computation, Dependency, DependencyTracker, Sources
from plugins.base.code_version import code_digest
from plugins.base.fingerprint import Fingerprints, Lazy, fingerprint
from plugins.base.parallel import run_in_processes
from plugins.engine.cache.sqlite_store import CachePage, Change, Store

_T = TypeVar("_T")
#: Results on a page, about.
_ON_A_PAGE = 128
#: The page that holds what was asked; the others count from 0.
_QUESTIONS = -1
#: Answers so small that they are compared themselves.
_SMALL = (str, bool, int, type(None), type)

#: What was asked (the source, the way, the key; see ``Dependency``), and the answer or what stands for it.
_Answered: TypeAlias = tuple[str, str, Hashable, object]


@dataclass(slots=True)
class _Record:
    """A result, and the numbers of what it asked."""

    asked: array[int]
    value: Any


class _Verdicts:
    """Whether what was asked has the same answers today; each question is asked once.

    Args:
        answered: the questions with their answers of an earlier run.
        sources: what answers today.
    """

    def __init__(self, answered: list[_Answered], sources: Sources) -> None:
        self._answered = answered
        # Held, so that no other source can take the place by which this one is known.
        self._sources = dict(sources)
        self._known: dict[int, bool] = {}

    def hold(self, record: _Record | None) -> bool:
        """Tell whether ``record`` is still what its step would give."""
        if record is None:
            return False
        known = self._known
        for number in record.asked:
            if number not in known:
                known[number] = self._is_same(*self._answered[number])
            if not known[number]:
                return False
        return True

    def _is_same(self, source: str, way: str, key: Hashable, answer: object) -> bool:
        return source in self._sources and _compared(LOOKUPS[way](self._sources[source], key)) == answer


@dataclass
class _Step:
    """What is known of one step.

    Attributes:
        answered: all that its results asked.
        records: the results by key.
        number_of_pages: a power of two, or 0 before anything was written.
        stored: the keys that are in the file.
        values: the digests of the large values that are in the file.
        used: the keys that were asked for in this run.
        fresh: the keys whose results are new.
    """

    answered: list[_Answered] = field(default_factory=list)
    records: dict[bytes, _Record] = field(default_factory=dict)
    number_of_pages: int = 0
    stored: frozenset[bytes] = frozenset()
    values: frozenset[bytes] = frozenset()
    used: set[bytes] = field(default_factory=set)
    fresh: set[bytes] = field(default_factory=set)
    _verdicts: dict[tuple[int, ...], _Verdicts] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[_Answered, int]:
        """The numbers of what was asked."""
        return {answered: number for number, answered in enumerate(self.answered)}

    def verdicts(self, sources: Sources) -> _Verdicts:
        """Return what ``sources`` say today."""
        place = tuple(map(id, sources.values()))
        if place not in self._verdicts:
            self._verdicts[place] = _Verdicts(self.answered, sources)
        return self._verdicts[place]

    def keep(self, key: bytes, answers: Iterable[tuple[Dependency, object]], value: object) -> None:
        """Keep what was made for ``key``."""
        asked = array("I")
        for question, answer in answers:
            answered = (question.source, question.kind, question.key, _compared(answer))
            asked.append(self.numbers.setdefault(answered, len(self.answered)))
            if asked[-1] == len(self.answered):
                self.answered.append(answered)
        self.records[key] = _Record(asked, value)
        self.fresh.add(key)

    def forget_unused(self) -> None:
        """Forget what was not asked for."""
        self.records = {key: record for key, record in self.records.items() if key in self.used}


class PersistentCache(Cache):
    """Remembers in a file, which may be deleted at any time, what some steps gave.

    Args:
        file: where to remember.
        steps: the names of the steps that cost more than to read what they gave; the others are done each time.
        made_by: digest of the code that computes results. b"" takes ``code_digest``.

    Attributes:
        prints: of inputs; whoever compares the same values may use them, too.
    """

    def __init__(self, file: Path, steps: Collection[str], made_by: bytes = b"") -> None:
        self._store = Store(file, made_by or code_digest())
        self._names = frozenset(steps)
        self.prints = Fingerprints()
        self._steps: dict[str, _Step] = {}

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return what ``make`` gives for ``sources``, or gave while they answered the same to all that it asked."""
        (made,) = self.get_or_compute_many(step, sources, [Computation(inputs, make)])
        return made

    def get_or_compute_many(self, step: str, sources: Sources, jobs: Sequence[Computation[_T]]) -> Sequence[_T]:
        """Return what each of ``jobs`` gives, or gave; those that nothing is known of are done in several processes."""
        if step not in self._names:
            return [job.make(sources) for job in jobs]
        known = self._step(step)
        keys = [self.prints.of((step, job.inputs)) for job in jobs]
        verdicts = known.verdicts(sources)
        missing = [at for at, key in enumerate(keys) if not verdicts.hold(known.records.get(key))]

        def work(job: Computation[_T]) -> tuple[tuple[tuple[Dependency, object], ...], _T]:
            watch = DependencyTracker(sources)
            value = job.make(watch.sources)
            return watch.lookups, value

        for at, (answers, value) in zip(missing, run_in_processes(work, [jobs[at] for at in missing]), strict=True):
            known.keep(keys[at], answers, value)
        known.used.update(keys)
        return [known.records[key].value for key in keys]

    def write(self, *, all_seen: bool) -> None:
        """Write down what is to be remembered; a folder that cannot be written to is no reason to fail.

        Args:
            all_seen: True where this run looked at everything, so that what it did not ask for is of no more use.
        """
        self._store.write(self._changes(all_seen=all_seen))

    def _changes(self, *, all_seen: bool) -> Iterator[Change]:
        for name, step in self._steps.items():
            if all_seen:
                step.forget_unused()
            yield from _Press(name, step).changes()

    def _step(self, name: str) -> _Step:
        if name not in self._steps:
            self._steps[name] = self._read(name)
        return self._steps[name]

    def _read(self, name: str) -> _Step:
        pages = self._store.pages(name)
        if _QUESTIONS not in pages:
            return _Step()
        number_of_pages, answered = pickle.loads(pages.pop(_QUESTIONS))  # noqa: S301 - the store's hash says that we wrote it
        if pages.keys() != set(range(number_of_pages)):
            return _Step()
        records: dict[bytes, _Record] = {}
        values: set[bytes] = set()
        for page in pages.values():
            records.update(_Reader(page, self._store, values).load())
        return _Step(answered, records, number_of_pages, frozenset(records), frozenset(values))


class _Press:
    """Makes the pages of one step that must be written, and the values that they refer to.

    Args:
        name: the step.
        step: what is known of it.
    """

    def __init__(self, name: str, step: _Step) -> None:
        self._name = name
        self._step = step
        #: The digests of the values that the file holds, or that a page before brought.
        self._known = set(step.values)
        #: What the page at hand names, and what of it is new.
        self._names: set[bytes] = set()
        self._values: dict[bytes, bytes] = {}

    def changes(self) -> Iterator[Change]:
        """Yield the pages that are not as they were, each when it is asked for."""
        step = self._step
        before = step.number_of_pages
        number = before
        wanted = max(1, len(step.records) // _ON_A_PAGE)
        if not before or not before // 4 < wanted < before * 4:
            number = 1 << (wanted - 1).bit_length()
        gone = step.stored - step.records.keys()
        changed = {_page_of(key, number) for key in (*step.fresh & step.records.keys(), *gone)}
        if number != before:
            changed = set(range(number))
            yield from (Change(self._name, at, None) for at in range(number, before))
        on_page: dict[int, dict[bytes, _Record]] = {at: {} for at in changed}
        for key, record in step.records.items():
            at = _page_of(key, number)
            if at in on_page:
                on_page[at][key] = record
        for at, records in on_page.items():
            yield self._printed(at, records)
        if changed:
            asked = pickle.dumps((number, step.answered), protocol=pickle.HIGHEST_PROTOCOL)
            yield Change(self._name, _QUESTIONS, CachePage(asked))

    def _printed(self, at: int, records: Mapping[bytes, _Record]) -> Change:
        stream = io.BytesIO()
        self._names, self._values = set(), {}
        pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = {**copyreg.dispatch_table, Lazy: self._apart}
        pickler.dump(records)
        return Change(self._name, at, CachePage(stream.getvalue(), frozenset(self._names)), self._values)

    def _apart(self, lazy: Lazy[Any]) -> tuple[Callable[[bytes], Lazy[Any]], tuple[bytes]]:
        """What stands on the page for a large value; one that was fetched from the file is there already."""
        self._names.add(lazy.digest)
        if lazy.digest not in self._known:
            self._known.add(lazy.digest)
            self._values[lazy.digest] = pickle.dumps(lazy.value, protocol=pickle.HIGHEST_PROTOCOL)
        return fetched, (lazy.digest,)


class _Reader(pickle.Unpickler):
    """Reads a page; its large values stay where they are."""

    def __init__(self, page: bytes, store: Store, values: set[bytes]) -> None:
        super().__init__(io.BytesIO(page))
        self._store = store
        self._values = values

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class or a function
        """Return what the page names; what stands for a large value is made here."""
        if name == fetched.__name__ and module == __name__:
            return self._fetched
        return super().find_class(module, name)

    def _fetched(self, digest: bytes) -> Lazy[Any]:
        self._values.add(digest)
        return Lazy(lambda: pickle.loads(self._store.value(digest)), digest)  # noqa: S301 - as above


def fetched(digest: bytes) -> Lazy[Any]:
    """Stand on a page for a large value, which only a reader of pages can fetch."""
    raise pickle.UnpicklingError(f"{digest.hex()} lies in a store")


def _page_of(key: bytes, number_of_pages: int) -> int:
    return int.from_bytes(key[:4], "big") % number_of_pages


def _compared(answer: object) -> object:
    """Return what stands for an answer where answers are compared."""
    return answer if isinstance(answer, _SMALL) else fingerprint(answer)
