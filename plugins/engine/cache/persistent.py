"""Cache the results of steps in a file, for commands that run often over the same texts.

The key of a result is a digest of its inputs. Each result has a list of the lookups of its step, with a digest of each
answer. Large values that are rarely needed (``Lazy``) are stored separately and read on demand. About 128 results of
a step share a page, so that one changed result writes one page, not all.

Results have many types, so they are pickled. Unpickling can run code, so ``Store`` reads no file that others may have
written.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from plugins.base.cache import Cache, Computation, Dependency, DependencyTracker, Prepare, Sources
from plugins.base.code_version import code_digest
from plugins.base.fingerprint import DIGEST_SIZE, Fingerprints, Lazy
from plugins.base.parallel import run_in_processes
from plugins.engine.cache.sqlite_store import CachePage, Change, Store
from plugins.engine.cache.step import Answered, Step, StepResult, compared
from plugins.engine.cache.value_file import RECENT, ValueFile

_T = TypeVar("_T")
#: The approximate number of results on a page.
_RESULTS_PER_PAGE = 128
#: The number of the page with the lookups; pages of results count from 0.
_LOOKUPS_PAGE = -1


class PersistentCache(Cache):
    """A cache in a file, which may be deleted at any time.

    Args:
        file: the file.
        steps: the names of the steps whose results are cached; the others are computed each time.
        made_by: digest of the code that computes results. b"" takes ``code_digest``.

    Attributes:
        prints: the fingerprints of inputs, which other code may share.
    """

    def __init__(self, file: Path, steps: Collection[str], made_by: bytes = b"") -> None:
        self._store = Store(file, made_by or code_digest())
        self._names = frozenset(steps)
        self.prints = Fingerprints()
        self._values = ValueFile()
        self._load: Callable[[bytes], Any] = lru_cache(RECENT)(self._stored_value)
        self._steps: dict[str, Step] = {}

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], _T]
    ) -> _T:
        """Return the cached result if its lookups in ``sources`` have the same answers, or else that of ``make``."""
        if step in self._names:
            # The usual case, without the work that many jobs share.
            known, key = self._step(step), self.prints.of((step, inputs))
            record = known.records.get(key)
            if record is not None and known.checker(sources).is_valid(record):
                known.used.add(key)
                value: _T = record.value
                return value
        (made,) = self.get_or_compute_many(step, sources, [Computation(inputs, make)])
        return made

    def get_or_compute_many(
        self, step: str, sources: Sources, jobs: Sequence[Computation[_T]], prepare: Prepare | None = None
    ) -> Sequence[_T]:
        """Return the result of each of ``jobs``; those without a valid result run in several processes."""
        if step not in self._names:
            return [job.make(sources) for job in jobs]
        known = self._step(step)
        keys = [self.prints.of((step, job.inputs)) for job in jobs]
        checker, answered = known.checker(sources), dict[Dependency, object]()
        missing = [at for at, key in enumerate(keys) if not checker.is_valid(known.records.get(key))]

        def work(job: Computation[_T]) -> tuple[list[Answered], bytes]:
            tracker = DependencyTracker(sources)
            value = job.make(tracker.sources)
            answers: list[Answered] = []
            for lookup, answer in tracker.lookups:
                # Many jobs look up the same.
                if lookup not in answered:
                    answered[lookup] = compared(answer)
                answers.append((lookup.source, lookup.kind, lookup.key, answered[lookup]))
            return answers, self._values.pack(value)

        if prepare is not None:
            prepare(missing)
        made = run_in_processes(work, [jobs[at] for at in missing], topic=attrgetter("topic"))
        for at, (answers, data) in zip(missing, made, strict=True):
            known.keep(keys[at], answers, self._values.unpack(data))
        known.used.update(keys)
        return [known.records[key].value for key in keys]

    def _stored_value(self, digest: bytes) -> Any:  # noqa: ANN401 - the type of the value
        return pickle.loads(self._store.value(digest))  # noqa: S301 - private to its owner (``Store``)

    def write(self, *, all_seen: bool) -> None:
        """Write new results to the file. Errors of the disk are ignored.

        Args:
            all_seen: True when this run covered the whole site, so that results it did not request are removed.
        """
        self._store.write(self._changes(all_seen=all_seen))

    def _changes(self, *, all_seen: bool) -> Iterator[Change]:
        for name, step in self._steps.items():
            if all_seen:
                step.forget_unused()
            yield from _PageWriter(name, step, self._values).changes()

    def _step(self, name: str) -> Step:
        if name not in self._steps:
            self._steps[name] = self._read(name)
        return self._steps[name]

    def _read(self, name: str) -> Step:
        pages = self._store.pages(name)
        if _LOOKUPS_PAGE not in pages:
            return Step()
        number_of_pages, answered = pickle.loads(pages.pop(_LOOKUPS_PAGE))  # noqa: S301 - private to its owner (``Store``)
        if pages.keys() != set(range(number_of_pages)):
            return Step()
        records, values = dict[bytes, StepResult](), set[bytes]()
        for page in pages.values():
            records.update(_Reader(page, self._load, values).load())
        return Step(answered, records, number_of_pages, frozenset(records), frozenset(values))


class _PageWriter:
    """Make the changed pages of one step, and the values that they refer to.

    Args:
        name: the name of the step.
        step: its results.
        values: the large values of new results.
    """

    def __init__(self, name: str, step: Step, values: ValueFile) -> None:
        self._name = name
        self._step = step
        self._new_values = values
        #: The digests of the values in the file, or with an earlier page.
        self._known = set(step.values)
        #: The digests that the current page names, and the new values among them.
        self._names: set[bytes] = set()
        self._values: dict[bytes, bytes] = {}

    def changes(self) -> Iterator[Change]:
        """Yield the changed pages one by one."""
        step = self._step
        before = step.number_of_pages
        number = before
        wanted = max(1, len(step.records) // _RESULTS_PER_PAGE)
        if not before or not before // 4 < wanted < before * 4:
            number = 1 << (wanted - 1).bit_length()
        gone = step.stored - step.records.keys()
        changed = {_page_of(key, number) for key in (*step.fresh & step.records.keys(), *gone)}
        if number != before:
            changed = set(range(number))
            yield from (Change(self._name, at, None) for at in range(number, before))
        on_page: dict[int, dict[bytes, StepResult]] = {at: {} for at in changed}
        for key, record in step.records.items():
            at = _page_of(key, number)
            if at in on_page:
                on_page[at][key] = record
        for at, records in on_page.items():
            yield self._change(at, records)
        if changed:
            lookups = pickle.dumps((number, step.answered), protocol=pickle.HIGHEST_PROTOCOL)
            yield Change(self._name, _LOOKUPS_PAGE, CachePage(lookups))

    def _change(self, at: int, records: Mapping[bytes, StepResult]) -> Change:
        stream = io.BytesIO()
        self._names, self._values = set(), {}
        pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = {**copyreg.dispatch_table, Lazy: self._reduce_lazy}
        pickler.dump(records)
        return Change(self._name, at, CachePage(stream.getvalue(), frozenset(self._names)), self._values)

    def _reduce_lazy(self, lazy: Lazy[Any]) -> tuple[Callable[[bytes], Lazy[Any]], tuple[bytes]]:
        """Return the reference that the page has in place of a large value, and add the value if it is new."""
        # The store cuts the names of a page into pieces of this length.
        assert len(lazy.digest) == DIGEST_SIZE, lazy.digest.hex()  # noqa: S101
        self._names.add(lazy.digest)
        if lazy.digest not in self._known:
            self._known.add(lazy.digest)
            self._values[lazy.digest] = self._new_values.pickled(lazy)
        return fetched, (lazy.digest,)


class _Reader(pickle.Unpickler):
    """Unpickle a page, with its large values read on demand."""

    def __init__(self, page: bytes, load: Callable[[bytes], Any], values: set[bytes]) -> None:
        super().__init__(io.BytesIO(page))
        self._load = load
        self._values = values

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class or a function
        """Return the class or function that the page names, and ``_fetched`` for references to large values."""
        if name == fetched.__name__ and module == __name__:
            return self._fetched
        return super().find_class(module, name)

    def _fetched(self, digest: bytes) -> Lazy[Any]:
        self._values.add(digest)
        return Lazy(partial(self._load, digest), digest, keep=False)


def fetched(digest: bytes) -> Lazy[Any]:
    """Mark a reference to a large value in a pickled page; ``_Reader`` replaces it."""
    raise pickle.UnpicklingError(f"{digest.hex()} lies in a store")


def _page_of(key: bytes, number_of_pages: int) -> int:
    return int.from_bytes(key[:4], "big") % number_of_pages
