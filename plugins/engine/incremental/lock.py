"""Locking: one build at a time writes into one folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def lock(output: Path) -> Iterator[bool]:
    """Wait until no other build writes into ``output``; give whether there was one. The system lets go of the dead.

    The lock is on ``output`` itself, so builds into other folders beside it do not wait. Where it is missing it is
    made, and taken away again if nothing was put into it. Where a system has no locks, or the folder cannot be made,
    nobody waits.
    """
    try:
        import fcntl  # noqa: PLC0415 - not every system has it
    except ImportError:
        yield False
        return
    waited = False
    made: list[Path] = []
    while True:
        try:
            made += _make(output)
            handle = os.open(output, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            # Whoever writes there says why nobody can.
            yield waited
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if not waited:
                print("Another build is writing here; this one begins when it has ended.", file=sys.stderr, flush=True)
            waited = True
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_still(output, handle):
            break
        # The build that was waited for took away the folder that it had made.
        os.close(handle)
    try:
        yield waited
    finally:
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        os.close(handle)


def _make(folder: Path) -> list[Path]:
    """Make ``folder`` where it is missing; return all folders that were made for it, the outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _is_still(folder: Path, handle: int) -> bool:
    try:
        return os.path.samestat(folder.stat(), os.fstat(handle))
    except OSError:
        return False
