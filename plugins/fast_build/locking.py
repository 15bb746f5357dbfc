"""Locking: one build at a time writes into one folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def alone(output: Path) -> Iterator[bool]:
    """Wait until no other build writes into ``output``; give whether there was one. The system lets go of the dead.

    The lock is on the folder that holds ``output``, which leaves no file behind. Where a system has none, nobody waits.
    """
    folder = next((folder for folder in output.absolute().parents if folder.is_dir()), None)
    try:
        import fcntl  # noqa: PLC0415 - not every system has it
    except ImportError:
        folder = None
    if folder is None:
        yield False
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        waited = False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            waited = True
            print("Another build is writing here; this one begins when it has ended.", file=sys.stderr, flush=True)
            with contextlib.suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield waited
    finally:
        os.close(handle)
