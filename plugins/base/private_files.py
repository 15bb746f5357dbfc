"""Create folders and files that only their owner may read and write, such as the cache.

The cache holds texts of drafts and stories, so nobody else may read it. It is unpickled, so a file that somebody else
could have written is never loaded. The module imports little, because it is on the path of an unchanged build (see
``plugins/engine/incremental/snapshot.py``).
"""

from __future__ import annotations

import contextlib
import os

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
#: Permission bits of group and others.
_OTHERS = 0o077
_OTHERS_WRITE = 0o022


def make_folder(folder: str | os.PathLike[str], top: str | os.PathLike[str] = "") -> None:
    """Create ``folder`` with mode 0700, or set that mode if it exists.

    Args:
        folder: the folder. Missing parents are created.
        top: a parent folder. It and all folders between it and ``folder`` get mode 0700, too.

    Raises:
        OSError: when it cannot be created, or belongs to another user.
    """
    chain, inside = [os.path.abspath(folder)], f"{os.path.abspath(top)}{os.sep}" if top else ""
    while above := os.path.dirname(chain[-1]).rstrip(os.sep):
        if os.path.isdir(above) and not (inside and f"{above}{os.sep}".startswith(inside)):
            break
        chain.append(above)
    for path in reversed(chain):
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, _FOLDER_MODE)
        if os.stat(path).st_mode & _OTHERS:
            os.chmod(path, _FOLDER_MODE)


def make_file(file: str | os.PathLike[str]) -> None:
    """Create an empty ``file`` with mode 0600, or set that mode if it exists.

    Raises:
        OSError: when it cannot be created, or belongs to another user.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT, _FILE_MODE)
    try:
        if os.fstat(handle).st_mode & _OTHERS:
            os.chmod(file, _FILE_MODE)
    finally:
        os.close(handle)


def is_writable_by_us_alone(path: str | os.PathLike[str]) -> bool:
    """Return True if only this user may write ``path`` and its folder. Always True on systems without owners."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        stats = (os.stat(path), os.stat(os.path.dirname(os.path.abspath(path))))
    except OSError:
        return False
    return all(stat.st_uid == os.geteuid() and not stat.st_mode & _OTHERS_WRITE for stat in stats)
