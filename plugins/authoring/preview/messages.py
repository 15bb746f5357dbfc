"""The messages between the server and the worker process, and their encoding."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping
from typing import BinaryIO

from msgspec import Struct, field

from plugins.base.problem import Problem

#: The header of each message: its length in bytes.
LENGTH = struct.Struct(">Q")


class ServeOptions(Struct, frozen=True):
    """The options of ``inv serve``; "" takes the value of the settings.

    Attributes:
        content: the content folder.
        output: a folder to write the files to as well.
        as_of: the day of the build.
        production: takes the settings of ``publishconf.py``.
        allowed: ids of crisis contacts that a release may show unverified.
        draft_checker: ``module:function`` of a ``DraftChecker`` for drafts, or "". The worker imports it.
    """

    content: str = ""
    output: str = ""
    as_of: str = ""
    production: bool = False
    allowed: tuple[str, ...] = ()
    draft_checker: str = ""


class Rebuild(Struct, frozen=True):
    """Request a build.

    Attributes:
        views: the files of the pages that browsers show; they are rendered first.
        drafts: unsaved bytes by path; they replace files of the content folder.
        number: counts up; the ``DraftReport`` that answer have the same.
    """

    views: tuple[str, ...] = ()
    drafts: Mapping[str, bytes] = field(default_factory=dict)
    number: int = 0


class FileRequest(Struct, frozen=True):
    """Request one file of the last good build."""

    path: str


class ShownProblem(Struct, frozen=True):
    """A problem, as the browser shows it.

    Attributes:
        file: path relative to the folder of the terminal.
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


class Diagnostics(Struct, frozen=True):
    """The problems of the last build; it is in order if ``problems`` is empty.

    Attributes:
        problems: those that stop the build.
        report: text for the terminal, with new warnings too.
    """

    problems: tuple[ShownProblem, ...]
    report: str = ""


class DraftReport(Struct, frozen=True):
    """The problems in drafts.

    Attributes:
        number: of the ``Rebuild`` that had the drafts.
        problems: those of the drafts only.
        fixed: by path, the text of each draft after the safe fixes.
        failed: why the drafts could not be checked, or "".
    """

    number: int
    problems: tuple[Problem, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    failed: str = ""


class Planned(Struct, frozen=True):
    """A good build: from now on its files are those of the site.

    Attributes:
        paths: of all files.
        marks: labels such as "draft" by the address of each unpublished page.
        is_whole: False while only the pages are planned; other files are still those of the earlier build.
    """

    paths: frozenset[str]
    marks: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True


class FilesReply(Struct, frozen=True):
    """A file of the planned build.

    Attributes:
        path: of the file.
        data: its bytes; None if they are the same as those sent last.
        failed: True if it could not be rendered, so the last good version stays.
    """

    path: str
    data: bytes | None
    failed: bool = False


class Finished(Struct, frozen=True):
    """Every page of the planned build is rendered.

    Attributes:
        changed: how many differ from the last build.
        seconds: the duration.
    """

    changed: int
    seconds: float


def packed(message: object) -> bytes:
    """Return ``message`` encoded for a pipe."""
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
