"""Makers: what makes results of their inputs: Python, the installed libraries, and our own code."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_CODE = Path(__file__).parents[1]


def maker() -> bytes:
    """Return what stands for all that works results out besides their inputs: Python, libraries, and our sources."""
    digest = hashlib.sha256()
    for part in _makers():
        digest.update(hashlib.sha256(part).digest())
    return digest.digest()


def _makers() -> Iterator[bytes]:
    """Yield the version of Python, the names of all installed libraries, which hold their versions, and our sources."""
    yield sys.version.encode()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            yield from sorted(found.name.encode() for found in Path(folder).glob("*-info"))
    for folder, below, names in os.walk(_CODE):
        # What npm installs is vast, and nothing of ours.
        below[:] = sorted(name for name in below if name not in {"node_modules", "__pycache__"})
        for name in sorted(names):
            if name.endswith(".py"):
                file = Path(folder, name)
                yield file.relative_to(_CODE).as_posix().encode()
                yield file.read_bytes()
