"""Apply a function to many items, in this process, in several forked ones, or in one beside other work."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import BinaryIO, Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: With fewer items than this for each process, a fork costs more than it saves.
_MIN_ITEMS_PER_PROCESS = 25


def run_serially(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Sequence[_Result]:
    """Return the result of ``work`` for each of ``items``, computed in this process."""
    return [work(item) for item in items]


def run_in_processes(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    watch: Callable[[Sequence[_Item], int], Iterable[_Item]] = lambda items, _: items,
    topic: Callable[[_Item], str] | None = None,
) -> Sequence[_Result]:
    """Return the result of ``work`` for each of ``items``, computed in one process per processor.

    The processes are forks of this one, so the items need no pickling. The results are pickled. Without ``os.fork``, or
    with few items, everything is computed in this process. A share whose process fails is computed again here.

    Args:
        work: the function.
        items: its arguments.
        watch: wraps the items of this process, for example to show progress. Its second argument is the number of all
            items.
        topic: returns what neighbours share that need the same caches, or "". One process computes all of them.
    """
    number = min(processor_count(), len(items) // _MIN_ITEMS_PER_PROCESS)
    if number < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 - one process is this one
        return run_serially(work, watch(items, len(items)))
    places = _shares(items, number, topic)
    shares = [[items[place] for place in share] for share in places]
    children = [(share, *_fork(work, share)) for share in shares[1:]]
    try:
        results = [run_serially(work, watch(shares[0], len(items)))]
        while children:
            share, child, stream = children[0]
            data = stream.read()
            # The pipe is at its end, so the child exits without being killed.
            del children[0]
            received: Sequence[_Result] | None = _collect(child, stream, data)
            results.append(run_serially(work, share) if received is None else received)
    except BaseException:
        # The caller may remove what the children write to, so they must not go on.
        for _, child, stream in children:
            _kill(child, stream)
        raise
    by_place = dict(zip(chain.from_iterable(places), chain.from_iterable(results), strict=True))
    return [by_place[place] for place in range(len(items))]


class Beside(Generic[_Item, _Result]):
    """The results of ``work`` for ``items``, computed in a forked process while this one does something else.

    Without ``os.fork`` or a second processor, with few items, and if the process fails, they are computed when they are
    needed.

    Args:
        work: the function.
        items: its arguments, which need no pickling. The results are pickled.
    """

    def __init__(self, work: Callable[[_Item], _Result], items: Sequence[_Item]) -> None:
        self._work = work
        self.items = items
        is_worth_it = len(items) >= _MIN_ITEMS_PER_PROCESS and processor_count() > 1 and hasattr(os, "fork")
        self._child = _fork(work, items) if is_worth_it else None

    def results(self) -> Sequence[_Result]:
        """Wait for the results, and return them in the order of their items."""
        if self._child is None:
            return run_in_processes(self._work, self.items)
        child, stream = self._child
        data = stream.read()
        self._child = None
        received: Sequence[_Result] | None = _collect(child, stream, data)
        return run_in_processes(self._work, self.items) if received is None else received

    def cancel(self) -> None:
        """End the other process if its results were not used."""
        if self._child is not None:
            _kill(*self._child)
            self._child = None


def _shares(items: Sequence[_Item], number: int, topic: Callable[[_Item], str] | None) -> Sequence[Sequence[int]]:
    """Return the indices of the items of each process."""
    if topic is None:
        return [range(start, len(items), number) for start in range(number)]
    shares: list[list[int]] = [[] for _ in range(number)]
    for turn, (_, neighbours) in enumerate(groupby(range(len(items)), key=lambda place: topic(items[place]) or place)):
        shares[turn % number].extend(neighbours)
    return shares


def processor_count() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fork(work: Callable[[_Item], _Result], share: Sequence[_Item]) -> tuple[int, BinaryIO]:
    """Fork a process that computes ``share``. Return its process id and the pipe with its results."""
    read, write = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child:
        os.close(write)
        return child, os.fdopen(read, "rb")
    status = 1
    try:
        os.close(read)
        with os.fdopen(write, "wb") as stream:
            results = run_serially(work, _while_parent_runs(share, parent))
            pickle.dump(results, stream, protocol=pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        # Never return into the parent's code from a forked child.
        os._exit(status)


def _while_parent_runs(share: Iterable[_Item], parent: int) -> Iterator[_Item]:
    """Yield ``share``. Exit if the process ``parent`` was killed, because nothing reads the results then."""
    for item in share:
        if os.getppid() != parent:
            os._exit(1)
        yield item


def _kill(child: int, stream: BinaryIO) -> None:
    """Kill the process ``child`` and wait for its end."""
    stream.close()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _collect(child: int, stream: BinaryIO, data: bytes) -> Sequence[_Result] | None:
    """Return the results of the process ``child``, pickled in ``data``, or None if it failed."""
    stream.close()
    _, status = os.waitpid(child, 0)
    # The data is safe to unpickle: a fork of this process wrote it.
    return None if status else pickle.loads(data)  # noqa: S301
