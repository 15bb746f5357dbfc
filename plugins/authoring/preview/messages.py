"""Messages: what the server and the process that builds tell each other, and how it travels between them."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

#: Goes before each message: how many bytes it has.
LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What ``inv serve`` was asked for; "" takes what the settings say.

    Attributes:
        content: the content folder.
        output: a folder that is to hold the files, too.
        as_of: the day of the build.
        production: takes the settings of ``publishconf.py``.
        allowed: ids of crisis contacts that a release may show unverified.
    """

    content: str = ""
    output: str = ""
    as_of: str = ""
    production: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rebuild:
    """Asks for a build.

    Attributes:
        views: the files of the pages that somebody is looking at; they are made first.
    """

    views: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRequest:
    """Asks for one file of the last build that was in order."""

    path: str


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem, as the browser shows it.

    Attributes:
        file: as a person at the terminal would name it.
        line: from 1; 0 where there is none.
        column: from 1.
        name: its permanent name.
        message: what is wrong.
        hint: what to do.
        lines: numbers and texts of the lines around it.
    """

    file: str
    line: int
    column: int
    name: str
    message: str
    hint: str
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What is wrong with the site, all of it; nothing when ``problems`` is empty.

    Attributes:
        problems: those that stop the build.
        report: what a terminal shows of them, and of any that do not stop it and are new.
    """

    problems: tuple[ShownProblem, ...]
    report: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A build that is in order: from now on its files are those of the site.

    Attributes:
        paths: of all files.
        marks: what is not published yet: for the address of each such page, what it is.
        is_whole: False while only the pages are planned; other files are those of the build before.
    """

    paths: frozenset[str]
    marks: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class FilesReply:
    """A file of the planned build.

    Attributes:
        path: of the file.
        data: its bytes; None when they are those that were sent last.
        failed: True when it could not be made, so that the last that could be stands.
    """

    path: str
    data: bytes | None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """Every page of the planned build is made.

    Attributes:
        changed: how many differ from the last time.
        seconds: what it took.
    """

    changed: int
    seconds: float


def packed(message: object) -> bytes:
    """Return ``message`` as it travels."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


def send(pipe: BinaryIO, message: object) -> None:
    """Write ``message`` to ``pipe``."""
    pipe.write(packed(message))
    pipe.flush()


def receive(pipe: BinaryIO) -> object | None:
    """Return the next message of ``pipe``, or None when its other end was closed."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = pipe.read(length)
    # What is read was written by the other half of this program, a child or the parent of this process.
    return pickle.loads(data) if len(data) == length else None  # noqa: S301
