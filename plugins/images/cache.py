"""Cache encoded pictures in files, under keys that depend on all their inputs.

A cache file contains all parts made from one source: a line with a hash, a line that lists the parts with their hashes,
then the parts. A rename makes the write atomic. A damaged file counts as missing, and so does a file that another user
can have written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from plugins.base import private_files
from plugins.base.errors import attach_path

_UNFINISHED = ".unfinished-"
#: Age in seconds from which an unfinished file is abandoned, because no build still writes it.
_ABANDONED = 3600


class _Part(Struct, frozen=True):
    """A part of a cache file: start after the two lines, length in bytes, and hash."""

    start: int
    length: int
    sha256: str


class PictureCache:
    """A cache in one folder.

    Args:
        folder: created by the first ``put``.
        top: the cache folder of the project, which contains ``folder``; None if there is none.
    """

    def __init__(self, folder: Path, top: Path | None = None) -> None:
        self._folder = folder
        self._top = top or folder

    def lengths(self, key: str) -> dict[str, int] | None:
        """Return the lengths of the parts of ``key`` by name, or None if the file is missing or incomplete."""
        try:
            with self._open(key) as file:
                parts = _parts(file)
                expected_size = file.tell() + sum(part.length for part in parts.values())
                if os.fstat(file.fileno()).st_size != expected_size:
                    return None
        except (OSError, _DamagedError):
            return None
        return {name: part.length for name, part in parts.items()}

    def read(self, key: str, name: str) -> bytes | None:
        """Return the part ``name`` of ``key``, or None if it is missing or damaged."""
        try:
            with self._open(key) as file:
                part = _parts(file).get(name)
                if part is None:
                    return None
                file.seek(part.start, os.SEEK_CUR)
                data = file.read(part.length)
        except (OSError, _DamagedError):
            return None
        return data if hashlib.sha256(data).hexdigest() == part.sha256 else None

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Write ``parts`` under ``key``.

        Raises:
            OSError: when the folder cannot be written; the message contains the folder.
        """
        with attach_path(self._folder):
            self._put(key, parts)

    def _put(self, key: str, parts: Mapping[str, bytes]) -> None:
        private_files.make_folder(self._folder, self._top)
        handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._folder)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_header(parts))
                for data in parts.values():
                    file.write(data)
            unfinished.replace(self._file(key))
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise

    def drop(self, key: str) -> None:
        """Delete the file of ``key`` if it exists."""
        self._file(key).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete unfinished files of killed builds."""
        for file in self._folder.glob(f"{_UNFINISHED}*"):
            with contextlib.suppress(OSError):
                if time.time() - file.stat().st_mtime > _ABANDONED:
                    file.unlink()

    def _open(self, key: str) -> BinaryIO:
        if not private_files.is_writable_by_us_alone(self._file(key)):
            raise _DamagedError
        return self._file(key).open("rb")

    def _file(self, key: str) -> Path:
        return self._folder / key


class _DamagedError(ValueError):
    """The header of a cache file is invalid."""


def _header(parts: Mapping[str, bytes]) -> bytes:
    listed = [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in parts.items()]
    line = json.dumps(listed).encode()
    return hashlib.sha256(line).hexdigest().encode() + b"\n" + line + b"\n"


def _parts(file: BinaryIO) -> dict[str, _Part]:
    """Read the header of ``file``, up to the start of the parts."""
    digest, line = file.readline().rstrip(b"\n"), file.readline().rstrip(b"\n")
    if hashlib.sha256(line).hexdigest().encode() != digest:
        raise _DamagedError
    parts: dict[str, _Part] = {}
    start = 0
    for name, length, sha256 in json.loads(line):
        parts[name] = _Part(start, length, sha256)
        start += length
    return parts
