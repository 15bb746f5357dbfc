"""Keep bytes in an unnamed file instead of memory while a process and its forks run.

The file is created before the fork. Then each process may append to it, and can read what any of them appended. The
system deletes the file when the last process ends. Only the owner could read it, because it may hold private words.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import weakref
from collections.abc import Iterator
from io import FileIO
from typing import TypeAlias

try:
    import fcntl
except ImportError:
    # Windows, where nothing is forked.
    fcntl = None  # type: ignore[assignment]

#: The offset and the length of a piece of the file.
Place: TypeAlias = tuple[int, int]


class ScratchFile:
    """An unnamed file to append to and to read from."""

    def __init__(self) -> None:
        self._file: FileIO | None = None
        # Without a file, each ``append`` fails.
        with contextlib.suppress(OSError):
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with this object
            weakref.finalize(self, self._file.close)

    def append(self, data: bytes) -> Place:
        """Append ``data`` and return its place.

        Raises:
            OSError: when the disk is full, or the file could not be created.
        """
        if self._file is None:
            raise OSError(errno.ENOENT, "there is no folder for temporary files")
        with _locked(self._file):
            offset = self._file.seek(0, os.SEEK_END)
            left = memoryview(data)
            while left:
                left = left[self._file.write(left) :]
        return offset, len(data)

    def read(self, place: Place) -> bytes:
        """Return the bytes at ``place``.

        Raises:
            OSError: when they cannot be read.
        """
        assert self._file is not None  # noqa: S101 - no place without it
        offset, length = place
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), length, offset)
        self._file.seek(offset)
        return self._file.read(length)


@contextlib.contextmanager
def _locked(file: FileIO) -> Iterator[None]:
    """Lock ``file`` against other processes, because all share one position in it."""
    if fcntl is None:
        yield
        return
    fcntl.lockf(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN)
