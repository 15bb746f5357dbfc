"""Store the state of one build for the next: its options, the scanned folders and the files that it made.

The state is one file, replaced by one rename. The head describes the build. The parts after it are decoded when they
are first needed, and the head has a hash of each. A file that is damaged, of another version, or writable by others
counts as missing.
Imports are few, because they take most of the time of an unchanged build (see ``snapshot.py``).
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
#: Increase it when the format of the file changes.
_VERSION = 6
#: The first bytes of the file.
_MARK = f"state {_VERSION}\n".encode()
_SEAL = 32
#: Size in bytes of the length of the head.
_LENGTH = 8
#: A file of the site: the fingerprints of its inputs and of each part of them, b"" when unknown; its SHA-256; its size
#: in bytes; its ``Hole``.
Made: TypeAlias = "tuple[bytes, bytes, int, tuple[int, int, bytes, bytes] | None]"
#: An ``Insert``.
MadeInsert: TypeAlias = "tuple[bytes, bytes]"


def _seal(data: bytes | memoryview) -> bytes:
    # Processors have instructions for SHA-256, so it is faster than BLAKE2.
    seal = hashlib.sha256(b"%b%d " % (_MARK, marshal.version))
    seal.update(data)
    return seal.digest()


class StatePart(Generic[_T]):
    """A part of a state, decoded when it is first needed.

    Args:
        data: the encoded part.
        seal: the hash of ``data`` in the head.
        none: the value of a damaged part.
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
        """The decoded value."""
        if _seal(self.data) != self.seal:
            return self._none
        held: _T = marshal.loads(self.data)  # noqa: S302 - the seal proves that we wrote it
        return held


class State(NamedTuple):
    """The state of one build.

    Attributes:
        key: ``BuildOptions.key`` of the build.
        day: the day of the build, ``2026-11-23``.
        zone: the time zone that says which day it is.
        pages: how many pages the site has.
        messages: the problems that the build printed.
        kept: names in the output folder that builds leave alone (``OUTPUT_RETENTION``).
        trees: the record of each scanned folder, by its path. The output folder is the last.
        made: every file of the site, by its path in the output folder.
        inserts: their inserts, by the fingerprint of the last part of their inputs.
    """

    key: dict[str, bytes] = {}  # noqa: RUF012 - never changed in place
    day: str = ""
    zone: str = ""
    pages: int = 0
    messages: str = ""
    kept: tuple[str, ...] = ()
    trees: Mapping[str, StatePart[TreeRecord]] = {}
    made: StatePart[dict[str, Made]] = StatePart.of({})
    inserts: StatePart[dict[bytes, MadeInsert]] = StatePart.of({})

    def write(self, file: str) -> None:
        """Write to ``file``, readable by its owner alone. Errors of the disk are ignored."""
        parts: list[StatePart[Any]] = [*self.trees.values(), self.made, self.inserts]
        seals = tuple((part.seal, len(part.data)) for part in parts)
        head = marshal.dumps((*self[:-3], tuple(self.trees), seals))
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
    """Delete states of other versions, also those of other outputs: some contain the whole environment."""
    for folder in os.listdir(top):
        file = os.path.join(top, folder, name)
        with contextlib.suppress(OSError):
            with open(file, "rb") as stream:
                is_other = stream.read(len(_MARK)) != _MARK
            if is_other:
                os.unlink(file)


def read(file: str) -> State:
    """Return the state in ``file``; an empty state when it is missing or cannot be trusted."""
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
    key, day, zone, pages, messages, kept, tops, seals = marshal.loads(head)  # noqa: S302 - the seal proves that we wrote it
    closed: list[tuple[memoryview, bytes]] = []
    for seal, length in seals:
        closed.append((data[at : at + length], seal))
        at += length
    *closed_trees, made, inserts = closed
    trees = {top: StatePart(*part, EMPTY) for top, part in zip(tops, closed_trees, strict=True)}
    no_files: dict[str, Made] = {}
    no_inserts: dict[bytes, MadeInsert] = {}
    return State(
        key, day, zone, pages, messages, kept, trees, StatePart(*made, no_files), StatePart(*inserts, no_inserts)
    )
