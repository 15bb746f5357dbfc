"""Apply a function to many items, in this process or in several forked ones."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from time import perf_counter
from typing import Any, BinaryIO, Generic, TypeAlias, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
#: Wraps the places of the items that this process takes, for example to show progress. It is given the number of all
#: items and that of the processes, too.
Watch: TypeAlias = Callable[[Iterable[int], int, int], Iterable[int]]

#: Seconds after which the time that items took tells how long the others will take; the least that a fork costs.
_TRIAL = 0.005
#: Seconds of work that a fork costs for each byte in use, because both processes copy what they touch.
_COPYING = 0.5e-9
#: With fewer items than this for each process, a fork costs more than it saves, if it is not known what they take.
_MIN_ITEMS_PER_PROCESS = 50
#: The most turns. What a pipe holds on every system is enough for the numbers of so many.
_MOST_TURNS = 4_000
#: Bytes of the number of a turn.
_TURN_SIZE = 4


def run_in_processes(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    watch: Watch | None = None,
    topic: Callable[[_Item], str] | None = None,
) -> Sequence[_Result]:
    """Return the result of ``work`` for each of ``items``, computed in one process per processor.

    This process does the first items alone. Helpers begin when the others would take longer than the helpers cost.

    Args:
        work: the function.
        items: its arguments.
        watch: shows progress.
        topic: as in ``SharedWork``.
    """
    done, seconds = _try(work, items)
    if len(done) == len(items):
        return done
    helpers = min(processor_count() - 1, int(seconds / max(_TRIAL, _COPYING * _memory())))
    return [*done, *SharedWork(work, items[len(done) :], topic, helpers=helpers).results(watch)]


def _try(work: Callable[[_Item], _Result], items: Sequence[_Item]) -> tuple[list[_Result], float]:
    """Return the results of the first of ``items``, and the seconds that the others will take."""
    done: list[_Result] = []
    begun = taken = 0.0
    for item in items:
        done.append(work(item))
        # The first item may make what all of them share.
        begun = begun or perf_counter()
        taken = perf_counter() - begun
        if taken > _TRIAL:
            break
    return done, taken / max(1, len(done) - 1) * (len(items) - len(done))


def _memory() -> int:
    """Return the most bytes that this process has used."""
    try:
        import resource  # noqa: PLC0415 - missing on Windows
    except ImportError:
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def helper_count(items: Sequence[object]) -> int:
    """Return how many helpers are worth their fork for so many ``items``."""
    return max(0, min(processor_count(), len(items) // _MIN_ITEMS_PER_PROCESS) - 1)


class SharedWork(Generic[_Item, _Result]):
    """A function to apply to many items, in this process and in helpers, which begin at once.

    Helpers are forks of this process, so the items need no pickling. Their results are pickled. A process that has done
    some items takes the next. What a helper that failed has taken is computed again here. Without ``os.fork`` there are
    no helpers.

    Args:
        work: the function.
        items: its arguments.
        topic: returns what neighbours share that need the same caches, or "". One process computes all of them.
        helpers: the number of other processes.

    Attributes:
        items: as given.
    """

    def __init__(
        self,
        work: Callable[[_Item], _Result],
        items: Sequence[_Item],
        topic: Callable[[_Item], str] | None = None,
        *,
        helpers: int,
    ) -> None:
        self.items = items
        self._work = work
        self._turns = _turns(items, topic)
        # Each number that is read from the pipe is gone for the other processes.
        queue, write = os.pipe()
        self._queue: int | None = queue
        with os.fdopen(write, "wb") as stream:
            stream.write(b"".join(turn.to_bytes(_TURN_SIZE, "big") for turn in range(len(self._turns))))
        self._helpers = [_fork(self._run) for _ in range(helpers if hasattr(os, "fork") else 0)]

    def results(self, watch: Watch | None = None) -> Sequence[_Result]:
        """Do what is left together with the helpers, and return the results in the order of the items.

        Args:
            watch: shows progress.
        """
        try:
            done = self._run(watch)
            while self._helpers:
                helper, stream = self._helpers[0]
                data = stream.read()
                # The pipe is at its end, so the helper exits without being killed.
                del self._helpers[0]
                done |= _collect(helper, stream, data)
        finally:
            # After an exception, the caller may remove what the helpers write to.
            self.cancel()
        return [done[place] if place in done else self._work(item) for place, item in enumerate(self.items)]

    def cancel(self) -> None:
        """End the helpers that are still at work. Afterwards there are no results."""
        for helper, stream in self._helpers:
            _kill(helper, stream)
        self._helpers = []
        if self._queue is not None:
            os.close(self._queue)
            self._queue = None

    def _run(self, watch: Watch | None = None, parent: int | None = None) -> dict[int, _Result]:
        """Compute what this process takes, until nothing is left, and return the results by the place of the item.

        Exit if the process ``parent`` was killed, because nothing reads the results then.
        """
        places: Iterable[int] = self._taken()
        done: dict[int, _Result] = {}
        for place in places if watch is None else watch(places, len(self.items), 1 + len(self._helpers)):
            if parent is not None and os.getppid() != parent:
                os._exit(1)
            done[place] = self._work(self.items[place])
        return done

    def _taken(self) -> Iterator[int]:
        while self._queue is not None and (turn := os.read(self._queue, _TURN_SIZE)):
            yield from self._turns[int.from_bytes(turn, "big")]


def _turns(items: Sequence[_Item], topic: Callable[[_Item], str] | None) -> Sequence[Sequence[int]]:
    """Return the places of the items that a process takes at once."""
    places = range(len(items))
    each = -(-len(items) // _MOST_TURNS) or 1
    if topic is None:
        return [places[start : start + each] for start in range(0, len(items), each)]
    turns: list[list[int]] = [[]]
    for _, neighbours in groupby(places, key=lambda place: topic(items[place]) or place):
        if len(turns[-1]) >= each:
            turns.append([])
        turns[-1].extend(neighbours)
    return turns


def processor_count() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _fork(run: Callable[[None, int], dict[int, _Result]]) -> tuple[int, BinaryIO]:
    """Fork a process that calls ``run`` with its parent. Return its process id and the pipe with its results."""
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
            pickle.dump(run(None, parent), stream, protocol=pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        # Never return into the parent's code from a forked child.
        os._exit(status)


def _kill(child: int, stream: BinaryIO) -> None:
    """Kill the process ``child`` and wait for its end."""
    stream.close()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _collect(child: int, stream: BinaryIO, data: bytes) -> dict[int, Any]:
    """Return the results of the process ``child``, pickled in ``data``; none if it failed."""
    stream.close()
    _, status = os.waitpid(child, 0)
    # The data is safe to unpickle: a fork of this process wrote it.
    results: dict[int, Any] = {} if status else pickle.loads(data)  # noqa: S301
    return results
