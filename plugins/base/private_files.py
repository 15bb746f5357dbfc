"""Folders and files that only their owner may read and write: the cache.

What is remembered holds texts of drafts and of stories, and is unpickled when it is read. So it is written for its
owner alone, and what somebody else may have written is not read. Nothing here imports more than it must (see
``plugins/engine/incremental/snapshot.py``).
"""

from __future__ import annotations

import contextlib
import os

_FOLDER, _FILE = 0o700, 0o600
#: Group and others.
_OTHERS = 0o077
_OTHERS_WRITE = 0o022


def make(folder: str | os.PathLike[str], top: str | os.PathLike[str] = "") -> None:
    """Make ``folder`` for its owner alone; one that others may use is closed to them.

    Args:
        folder: the folder; those above it are made where they are missing.
        top: a folder above it; all from there down are closed to others too.

    Raises:
        OSError: where it cannot be made, or belongs to somebody else.
    """
    chain, inside = [os.path.abspath(folder)], f"{os.path.abspath(top)}{os.sep}" if top else ""
    while above := os.path.dirname(chain[-1]).rstrip(os.sep):
        if os.path.isdir(above) and not (inside and f"{above}{os.sep}".startswith(inside)):
            break
        chain.append(above)
    for path in reversed(chain):
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, _FOLDER)
        if os.stat(path).st_mode & _OTHERS:
            os.chmod(path, _FOLDER)


def close(file: str | os.PathLike[str]) -> None:
    """Make the file ``file``, empty, where it is missing; nobody but its owner may read or write it afterwards.

    Raises:
        OSError: where it cannot be made, or belongs to somebody else.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, _FILE)
    try:
        if os.fstat(handle).st_mode & _OTHERS:
            os.chmod(file, _FILE)
    finally:
        os.close(handle)


def is_ours(path: str | os.PathLike[str]) -> bool:
    """Tell whether nobody else can have written the file or folder ``path``: it and its folder are ours alone to write.

    Where a system does not say who owns what, everything is ours.
    """
    if not hasattr(os, "geteuid"):
        return True
    try:
        found = (os.stat(path), os.stat(os.path.dirname(os.path.abspath(path))))
    except OSError:
        return False
    return all(one.st_uid == os.geteuid() and not one.st_mode & _OTHERS_WRITE for one in found)
