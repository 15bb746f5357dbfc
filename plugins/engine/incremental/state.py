"""State: what one build leaves for the next: what it was asked, all that it looked at, and all that it made.

One file, put in place by one rename. Its head says what the build was; the parts behind it, each sealed with a hash in
the head, are opened when they are asked for. What is damaged, of another version, or may have been written by somebody
else, is as none.
Nothing here imports more than it must (see ``snapshot.py``).
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from plugins.base import private_files
from plugins.engine.incremental.snapshot import EMPTY, TreeRecord

_T = TypeVar("_T")
#: Changes whenever what stands in the file is to be read otherwise.
_VERSION = 4
#: How the file begins.
_MARK = f"state {_VERSION}\n".encode()
_SEAL = 32
#: Bytes of the number that says how long the head is.
_LENGTH = 8
#: A file of the site: the fingerprint of its inputs and those of their parts, b"" where they are unknown; its sha256;
#: its length.
Made: TypeAlias = "tuple[bytes, bytes, int]"


def _seal(data: bytes | memoryview) -> bytes:
    # Processors have a way of their own for this hash, and none for others.
    seal = hashlib.sha256(b"%b%d " % (_MARK, marshal.version))
    seal.update(data)
    return seal.digest()


class StatePart(Generic[_T]):
    """A part of a state, which stays closed until somebody looks into it.

    Args:
        data: the part as it is written.
        seal: the hash that it was sealed with.
        none: what it holds when it is damaged.
    """

    def __init__(self, data: bytes | memoryview, seal: bytes, none: _T) -> None:
        self.data = data
        self.seal = seal
        self._none = none

    @classmethod
    def of(cls, value: _T) -> StatePart[_T]:
        """Return the part that holds ``value``, which marshal can write."""
        written: Any = value
        data = marshal.dumps(written)
        part = cls(data, _seal(data), value)
        part.value = value
        return part

    @cached_property
    def value(self) -> _T:
        """What it holds."""
        if _seal(self.data) != self.seal:
            return self._none
        held: _T = marshal.loads(self.data)  # noqa: S302 - the seal says that we wrote it
        return held


class State(NamedTuple):
    """What one build leaves.

    Attributes:
        asked: what stands for everything that the build was asked for, besides the folders' contents: a digest for each
            kind, by its name.
        day: the day of the build, ``2026-11-23``.
        zone: the time zone that says which day it is.
        pages: how many pages the site has.
        told: what the build printed of problems.
        kept: names in the output folder that are not ours.
        trees: what was seen of each folder, by its path; the output is the last.
        made: every file of the site, by its path in the output folder.
    """

    asked: dict[str, bytes] = {}  # noqa: RUF012 - nobody changes it
    day: str = ""
    zone: str = ""
    pages: int = 0
    told: str = ""
    kept: tuple[str, ...] = ()
    trees: Mapping[str, StatePart[TreeRecord]] = {}
    made: StatePart[dict[str, Made]] = StatePart.of({})

    def write(self, file: str) -> None:
        """Write to ``file``, for its owner alone; a folder that cannot be written to is no reason to fail."""
        parts: list[StatePart[Any]] = [*self.trees.values(), self.made]
        seals = tuple((part.seal, len(part.data)) for part in parts)
        head = marshal.dumps((*self[:-2], tuple(self.trees), seals))
        staged, folder = f"{file}.{os.getpid()}.new", os.path.dirname(file)
        with contextlib.suppress(OSError):
            private_files.make_folder(folder)
            private_files.make_file(staged)
            with open(staged, "wb") as stream:
                stream.write(_MARK + _seal(head) + len(head).to_bytes(_LENGTH, "big") + head)
                stream.writelines(part.data for part in parts)
            os.replace(staged, file)
            _forget_other_versions(os.path.dirname(folder), os.path.basename(file))


def _forget_other_versions(top: str, name: str) -> None:
    """Take away what other versions left for builds into other outputs: some hold all of the environment."""
    for folder in os.listdir(top):
        file = os.path.join(top, folder, name)
        with contextlib.suppress(OSError):
            with open(file, "rb") as stream:
                is_other = stream.read(len(_MARK)) != _MARK
            if is_other:
                os.unlink(file)


def read(file: str) -> State:
    """Return what ``file`` holds; an empty state where there is nothing, or nothing to be trusted."""
    try:
        with open(file, "rb") as stream:
            data = memoryview(stream.read())
    except OSError:
        return State()
    sealed, start = len(_MARK) + _SEAL, len(_MARK) + _SEAL + _LENGTH
    at = start + int.from_bytes(data[sealed:start], "big")
    head = data[start:at]
    if (
        not private_files.is_writable_by_us_alone(file)
        or data[: len(_MARK)] != _MARK
        or data[len(_MARK) : sealed] != _seal(head)
    ):
        return State()
    asked, day, zone, pages, told, kept, tops, seals = marshal.loads(head)  # noqa: S302 - the seal says that we wrote it
    closed: list[tuple[memoryview, bytes]] = []
    for seal, length in seals:
        closed.append((data[at : at + length], seal))
        at += length
    trees = {top: StatePart(*part, EMPTY) for top, part in zip(tops, closed, strict=False)}
    made: dict[str, Made] = {}
    return State(asked, day, zone, pages, told, kept, trees, StatePart(*closed[-1], made))
