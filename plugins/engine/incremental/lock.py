"""Lock the output folder, so that one build at a time writes into it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def lock(output: Path) -> Iterator[bool]:
    """Lock ``output`` until the end of the context, and yield whether another build held the lock first.

    The lock is an ``flock`` on the folder itself. The system releases it when the process dies, and builds into other
    folders do not wait. A missing folder is created, and removed again when it stays empty. Without ``fcntl``, or when
    the folder cannot be created, there is no lock.
    """
    try:
        import fcntl  # noqa: PLC0415 - missing on Windows
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
            # The build itself reports why it cannot write there.
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
        # The other build removed the folder that it had created.
        os.close(handle)
    try:
        yield waited
    finally:
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        os.close(handle)


def _make(folder: Path) -> list[Path]:
    """Create ``folder`` and its parents; return the created folders, the outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _is_still(folder: Path, handle: int) -> bool:
    try:
        return os.path.samestat(folder.stat(), os.fstat(handle))
    except OSError:
        return False
