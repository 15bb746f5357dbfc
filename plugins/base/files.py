"""List and read the files of a content folder, and identify each by a digest of its bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from plugins.base.errors import UserError
from plugins.base.problem import Position, Problem

#: Files that programs and operating systems create beside those of people: names in lower case, prefixes, suffixes.
_IGNORED_NAMES = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "__pycache__", "node_modules"}
)
_IGNORED_PREFIXES = (".", "~$")
_IGNORED_SUFFIXES = (
    "~",
    ".tmp",
    ".temp",
    ".bak",
    ".swp",
    ".swo",
    ".swx",
    ".part",
    ".partial",
    ".crdownload",
    ".download",
)

#: Extensions of the pictures that the site reads. Windows saves pictures of the web as `.jfif`.
PICTURE_EXTENSIONS = (".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp", ".png", ".apng", ".webp", ".avif", ".gif")
_NO_FILE = "it is a pipe, a socket or a device"


class FileChangedError(UserError):
    """A file changed during a build. The message names it."""


class File(Struct, frozen=True):
    """One file.

    Attributes:
        digest: digest of its bytes.
        read: returns the bytes of that digest. Raises ``FileChangedError`` if the file has other bytes by then.
    """

    digest: bytes
    read: Callable[[], bytes]


class Files:
    """The files below a folder, listed once.

    A symbolic link is followed if its target is in the folder, too. Other targets do not exist on other machines.
    Files that ``is_ignored`` names are skipped without a problem.

    Args:
        root: the folder. It need not exist.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, relative to the folder with forward slashes, sorted with ``sort_paths``."""
        return self._paths_and_problems[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """A problem for each thing in the folder that cannot be read, or is not read."""
        return self._paths_and_problems[1]

    @cached_property
    def _paths_and_problems(self) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        plain, others = self.listed()
        paths = list(plain)
        problems: list[Problem] = []
        for path in others:
            if is_ignored(path):
                continue
            target = _resolve(self.root, path)
            if isinstance(target, Problem):
                problems.append(target)
            elif target == path:
                paths.append(path)
            else:
                below = f"{target}/"
                paths += (path + real[len(target) :] for real in plain if real.startswith(below))
        return tuple(sort_paths(path for path in paths if not is_ignored(path))), tuple(problems)

    def listed(self) -> tuple[Iterable[str], Iterable[str]]:
        """Return the paths of plain files, and those of links, pipes, devices and folders that cannot be opened."""
        plain: list[str] = []
        others: list[str] = []
        folders = [""]
        while folders:
            folder = folders.pop()
            prefix = f"{folder}/" if folder else ""
            try:
                with os.scandir(self.root / folder) as items:
                    for item in items:
                        if item.is_dir(follow_symlinks=False):
                            folders.append(prefix + item.name)
                        elif item.is_file(follow_symlinks=False):
                            plain.append(prefix + item.name)
                        else:
                            others.append(prefix + item.name)
            except OSError:
                if folder:
                    others.append(folder)
        return plain, others

    def find(self, path: str) -> File:
        """Return the file at ``path``, relative to the folder.

        Raises:
            OSError: when it cannot be read.
        """
        data = read_file(self.root / path)
        return File(digest_of(data), lambda: data)


def read_file(place: Path) -> bytes:
    """Return the bytes of the file at ``place``.

    Raises:
        OSError: when it cannot be read, or is a pipe or a device, on which ``read`` may block for ever.
    """
    mode = place.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, _NO_FILE, str(place))
    return place.read_bytes()


def digest_of(data: bytes) -> bytes:
    """Return a 256-bit BLAKE2b digest of ``data``."""
    return hashlib.blake2b(data, digest_size=32).digest()


def sort_paths(paths: Iterable[str]) -> list[str]:
    """Return ``paths`` sorted part by part, so that the files of a folder follow each other."""
    # No name contains the character, and none sorts before it.
    return sorted(paths, key=lambda path: path.replace("/", "\0"))


def to_nfc(path: str) -> str:
    """Return ``path`` in Unicode form NFC. macOS stores an accented letter as two characters."""
    return unicodedata.normalize("NFC", path)


def is_ignored(path: str) -> bool:
    """Return True if a part of ``path`` is hidden, or a file that programs create beside those that people save."""
    return any(_is_ignored_name(part) for part in path.lower().split("/"))


def is_markdown(path: str) -> bool:
    """Return True if ``path`` ends in ``.md``, in capitals or not."""
    return path.lower().endswith(".md")


def unreadable_file(path: str, why: str, what: str = "file") -> Problem:
    """Return the problem that ``path`` cannot be read.

    Args:
        path: as in ``Problem``.
        why: the reason, for the message.
        what: ``file`` or ``folder``.
    """
    return Problem(
        path,
        Position(),
        "unreadable-file",
        f"the {what} cannot be read ({why})",
        "take it out of the content" if why == _NO_FILE else "check that it exists and that you may open it",
    )


def backslash_in_path(path: str, position: Position, written: str) -> Problem:
    """Return the problem that ``written``, in the file ``path``, separates folders with backslashes."""
    return Problem(
        path,
        position,
        "backslash-in-path",
        f"`{written}` is written as Windows writes paths, which no address of the web is",
        f"write `{written.replace(chr(92), '/')}`, with a slash",
    )


def _is_ignored_name(name: str) -> bool:
    return name in _IGNORED_NAMES or name.startswith(_IGNORED_PREFIXES) or name.endswith(_IGNORED_SUFFIXES)


def _resolve(root: Path, path: str) -> str | Problem:
    """Return ``path``, or the folder within ``root`` that it links to, or a problem if it is not read."""
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
            return unreadable_file(path, _NO_FILE)
    except OSError as error:
        return unreadable_file(path, error.strerror or str(error), "folder" if place.is_dir() else "file")
    return path


def _not_followed(path: str, why: str) -> Problem:
    return Problem(
        path,
        Position(),
        "link-not-followed",
        f"the link {why}",
        "take the link away, and put a copy of what belongs here in its place",
    )
