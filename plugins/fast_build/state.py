"""State: what one build leaves for the next: what it was asked, all that it looked at, and all that it made.

One file, sealed with a hash and put in place by one rename. What is damaged, or of another version, is as none.
Nothing here imports more than it must (see ``tree.py``).
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
from typing import Any, NamedTuple, TypeAlias

from plugins.fast_build.tree import TreeRecord

#: Changes whenever what stands in the file is to be read otherwise.
_VERSION = 2
_SEAL = 32
#: A file of the site: the fingerprint of its inputs and those of their parts, b"" where they are unknown; its sha256;
#: its length.
Made: TypeAlias = "tuple[bytes, bytes, int]"


class State(NamedTuple):
    """What one build leaves.

    Attributes:
        asked: what stands for everything that the build was asked for, besides the folders' contents.
        day: the day of the build, ``2026-11-23``.
        zone: the time zone that says which day it is.
        trees: what was seen of each folder, by its path; the output is the last.
        made: every file of the site, by its path in the output folder.
        pages: how many of them are pages.
        told: what the build printed of problems.
        kept: names in the output folder that are not ours.
    """

    asked: tuple[Any, ...] = ()
    day: str = ""
    zone: str = ""
    trees: dict[str, TreeRecord] = {}  # noqa: RUF012 - nobody changes it
    made: dict[str, Made] = {}  # noqa: RUF012 - as above
    pages: int = 0
    told: str = ""
    kept: tuple[str, ...] = ()

    def write(self, file: str) -> None:
        """Write to ``file``; a folder that cannot be written to is no reason to fail."""
        held: Any = tuple(self)
        data = marshal.dumps(held)
        staged = f"{file}.{os.getpid()}.new"
        with contextlib.suppress(OSError):
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(staged, "wb") as stream:
                stream.write(_seal(data) + data)
            os.replace(staged, file)


def read(file: str) -> State:
    """Return what ``file`` holds; an empty state where there is nothing, or nothing to be trusted."""
    try:
        with open(file, "rb") as stream:
            data = stream.read()
    except OSError:
        return State()
    body = data[_SEAL:]
    if data[:_SEAL] != _seal(body):
        return State()
    held: tuple[Any, ...] = marshal.loads(body)  # noqa: S302 - the seal says that we wrote it
    return State(*held)


def _seal(data: bytes) -> bytes:
    # Processors have a way of their own for this hash, and none for others.
    seal = hashlib.sha256(f"state {_VERSION} {marshal.version} ".encode())
    seal.update(data)
    return seal.digest()
