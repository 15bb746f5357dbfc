"""Files: what a folder holds, listed once, each file known by a digest of its bytes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


class FileChangedError(ValueError):
    """A file changed while the site was being built; the message says which."""


@dataclass(frozen=True, slots=True)
class File:
    """One file.

    Attributes:
        digest: what stands for its bytes.
        read: returns the bytes of that digest; raises ``FileChangedError`` where they are there no more.
    """

    digest: bytes
    read: Callable[[], bytes]


class Files:
    """The files below a folder as one build sees them.

    Args:
        root: the folder; it may be missing.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files, relative to the folder with forward slashes, in order."""
        return tuple(files_below(self.root))

    def find(self, path: str) -> File:
        """Return the file ``path``.

        Raises:
            OSError: when it cannot be read.
        """
        data = (self.root / path).read_bytes()
        return File(digest_of(data), lambda: data)


def digest_of(data: bytes) -> bytes:
    """Return what stands for ``data``: no two files share one by chance or by intent."""
    return hashlib.blake2b(data, digest_size=32).digest()


def files_below(root: Path) -> list[str]:
    """Return the files below ``root``, relative to it with forward slashes, in order."""
    found: list[str] = []
    start = str(root)
    for folder, _, names in os.walk(start):
        inside = folder[len(start) :].replace(os.sep, "/").strip("/")
        found += (f"{inside}/{name}" if inside else name for name in names)
    return in_order(found)


def in_order(paths: Iterable[str]) -> list[str]:
    """Return ``paths`` in the order in which files are read: what is in a folder stands together."""
    return sorted(paths, key=lambda path: path.split("/"))
