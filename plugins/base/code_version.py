"""Compute a digest of the code that a build runs: Python, the installed libraries and the project's own sources."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_CODE = Path(__file__).parents[1]


def code_digest() -> bytes:
    """Return a SHA-256 digest that changes when Python, an installed library or a module of ``plugins`` changes."""
    digest = hashlib.sha256()
    for part in _parts():
        digest.update(hashlib.sha256(part).digest())
    return digest.digest()


def _parts() -> Iterator[bytes]:
    """Yield the version of Python, the names of all ``*-info`` folders (they hold versions), and all sources."""
    yield sys.version.encode()
    for folder in sys.path:
        with contextlib.suppress(OSError):
            yield from sorted(info.name.encode() for info in Path(folder).glob("*-info"))
    for folder, below, names in os.walk(_CODE):
        # node_modules is large and holds no Python of the project.
        below[:] = sorted(name for name in below if name not in {"node_modules", "__pycache__"})
        for name in sorted(names):
            if name.endswith(".py"):
                file = Path(folder, name)
                yield file.relative_to(_CODE).as_posix().encode()
                yield file.read_bytes()
