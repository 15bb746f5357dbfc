"""Spreading: does the same work on many things, in this process or in several at once."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: With fewer things than this for each process, starting another costs more than it saves.
_WORTH_A_PROCESS = 25


def one_by_one(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Sequence[_Result]:
    """Do ``work`` on each of ``items`` in this process."""
    return [work(item) for item in items]


def over_processes(
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    watch: Callable[[Sequence[_Item], int], Iterable[_Item]] = lambda items, _: items,
) -> Sequence[_Result]:
    """Do ``work`` on ``items`` in as many processes as there are processors; a share that fails is done again here.

    Args:
        work: what is to be done.
        items: what it is done on.
        watch: hands on the items that are done in this process, told how many there are with those of the others, and
            may show how much is done.

    The other processes are copies of this one (``fork``), so that nothing need be sent to them; what they make is sent
    back pickled. Where there is no ``fork``, or too little to do, all is done here.
    """
    number = min(processors(), len(items) // _WORTH_A_PROCESS)
    if number < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 - one process is this one
        return one_by_one(work, watch(items, len(items)))
    shares = [items[start::number] for start in range(number)]
    others = [(share, *_begin(work, share)) for share in shares[1:]]
    try:
        done = [one_by_one(work, watch(shares[0], len(items)))]
        while others:
            share, child, stream = others[0]
            data = stream.read()
            # It has said all, and ends by itself.
            del others[0]
            made: Sequence[_Result] | None = _finish(child, stream, data)
            done.append(one_by_one(work, share) if made is None else made)
    except BaseException:
        # Whoever is stopped takes away what was made: nobody may go on making it.
        for _, child, stream in others:
            _end(child, stream)
        raise
    return [done[at % number][at // number] for at in range(len(items))]


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(work: Callable[[_Item], _Result], share: Sequence[_Item]) -> tuple[int, BinaryIO]:
    """Start a copy of this process that does ``share``; return its number and where its results can be read."""
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
            done = one_by_one(work, _while_wanted(share, parent))
            pickle.dump(done, stream, protocol=pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        # Whatever happened, the copy must not go on with what this process was about to do.
        os._exit(status)


def _while_wanted(share: Iterable[_Item], parent: int) -> Iterator[_Item]:
    """Yield ``share`` as long as the process ``parent`` is there: what is done after it was killed nobody reads."""
    for item in share:
        if os.getppid() != parent:
            os._exit(1)
        yield item


def _end(child: int, stream: BinaryIO) -> None:
    """Stop the process ``child``, and come back when it has ended."""
    stream.close()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _finish(child: int, stream: BinaryIO, data: bytes) -> Sequence[_Result] | None:
    """Return what the process ``child`` made, whose ``data`` came out of ``stream``, or None where it failed."""
    stream.close()
    _, status = os.waitpid(child, 0)
    # A copy of this very process made it.
    return None if status else pickle.loads(data)  # noqa: S301
