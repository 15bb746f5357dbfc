"""Files: what a folder holds, listed once, each file known by a digest of its bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plugins.base.errors import UserError
from plugins.base.problem import Position, Problem

#: What programs and systems leave beside the files that people save: names in lower case, their beginnings and ends.
_LEFT_NAMES = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "__pycache__", "node_modules"}
)
_LEFT_STARTS = (".", "~$")
_LEFT_ENDS = ("~", ".tmp", ".temp", ".bak", ".swp", ".swo", ".swx", ".part", ".partial", ".crdownload", ".download")

#: The ends of the names of pictures that the site reads. Windows saves pictures of the web as `.jfif`.
PICTURE_ENDS = (".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp", ".png", ".apng", ".webp", ".avif", ".gif")
_NO_FILE = "it is a pipe, a socket or a device"


class FileChangedError(UserError):
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

    A link is the file or the folder that it leads to, as long as that is in the folder, too: on another machine,
    nothing else is there. What programs leave (``is_passing``) is neither read nor told.

    Args:
        root: the folder; it may be missing.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, relative to the folder with forward slashes, in order."""
        return self._judged[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the folder and cannot be read, or is not read."""
        return self._judged[1]

    @cached_property
    def _judged(self) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        plain, others = self.listed()
        found = list(plain)
        problems: list[Problem] = []
        for path in others:
            if is_passing(path):
                continue
            judged = _judge(self.root, path)
            if isinstance(judged, Problem):
                problems.append(judged)
            elif judged == path:
                found.append(path)
            else:
                below = f"{judged}/"
                found += (path + real[len(judged) :] for real in plain if real.startswith(below))
        return tuple(in_order(path for path in found if not is_passing(path))), tuple(problems)

    def listed(self) -> tuple[Iterable[str], Iterable[str]]:
        """Return the paths of plain files, and of all else that is no open folder: links, pipes, closed folders."""
        plain: list[str] = []
        others: list[str] = []
        left = [""]
        while left:
            inside = left.pop()
            start = f"{inside}/" if inside else ""
            try:
                with os.scandir(self.root / inside) as items:
                    for item in items:
                        if item.is_dir(follow_symlinks=False):
                            left.append(start + item.name)
                        elif item.is_file(follow_symlinks=False):
                            plain.append(start + item.name)
                        else:
                            others.append(start + item.name)
            except OSError:
                if inside:
                    others.append(inside)
        return plain, others

    def find(self, path: str) -> File:
        """Return the file ``path``.

        Raises:
            OSError: when it cannot be read.
        """
        data = read_file(self.root / path)
        return File(digest_of(data), lambda: data)


def read_file(place: Path) -> bytes:
    """Return the bytes of the file at ``place``.

    Raises:
        OSError: when it cannot be read, or is a pipe or a device, whose reader may wait for ever.
    """
    mode = place.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, _NO_FILE, str(place))
    return place.read_bytes()


def digest_of(data: bytes) -> bytes:
    """Return what stands for ``data``: no two files share one by chance or by intent."""
    return hashlib.blake2b(data, digest_size=32).digest()


def in_order(paths: Iterable[str]) -> list[str]:
    """Return ``paths`` in the order in which files are read: what is in a folder stands together."""
    return sorted(paths, key=lambda path: path.split("/"))


def in_one_form(path: str) -> str:
    """Return ``path`` with each accented letter as one character (NFC): some systems store two, and show the same."""
    return unicodedata.normalize("NFC", path)


def is_passing(path: str) -> bool:
    """Tell whether ``path`` is hidden, or something that programs and systems leave beside what people save."""
    return any(_is_left(part) for part in path.lower().split("/"))


def is_text(path: str) -> bool:
    """Tell whether the file ``path`` is Markdown by its name; some systems write that in capitals."""
    return path.lower().endswith(".md")


def unreadable(path: str, why: str, what: str = "file") -> Problem:
    """Return the problem that ``path`` cannot be read."""
    return Problem(
        path,
        Position(),
        "unreadable-file",
        f"the {what} cannot be read ({why})",
        "take it out of the content" if why == _NO_FILE else "check that it exists and that you may open it",
    )


def backslashed(path: str, position: Position, written: str) -> Problem:
    """Return the problem that the file ``path`` names another as Windows does, ``written``."""
    return Problem(
        path,
        position,
        "backslash-in-path",
        f"`{written}` is written as Windows writes paths, which no address of the web is",
        f"write `{written.replace(chr(92), '/')}`, with a slash",
    )


def _is_left(name: str) -> bool:
    return name in _LEFT_NAMES or name.startswith(_LEFT_STARTS) or name.endswith(_LEFT_ENDS)


def _judge(root: Path, path: str) -> str | Problem:
    """Return the file or the folder of ``root`` that ``path`` is or leads to, or why it is not read."""
    place, top = root / path, root.resolve()
    try:
        mode = place.stat().st_mode
        if place.is_symlink():
            target = place.resolve()
            if not target.is_relative_to(top):
                return _not_followed(
                    path, f"leads to `{place.readlink()}`, outside the content, where other machines have nothing"
                )
            if stat.S_ISDIR(mode):
                if place.parent.resolve().is_relative_to(target):
                    return _not_followed(path, "leads to a folder that it lies in, so it would be read without end")
                return target.relative_to(top).as_posix()
        elif stat.S_ISDIR(mode):
            os.scandir(place).close()
        if not stat.S_ISREG(mode):
            return unreadable(path, _NO_FILE)
    except OSError as error:
        return unreadable(path, error.strerror or str(error), "folder" if place.is_dir() else "file")
    return path


def _not_followed(path: str, why: str) -> Problem:
    return Problem(
        path,
        Position(),
        "link-not-followed",
        f"the link {why}",
        "take the link away, and put a copy of what belongs here in its place",
    )
