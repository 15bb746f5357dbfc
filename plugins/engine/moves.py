"""Change the files of a folder one by one, so that all changes can be undone."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

from plugins.base.errors import attach_path


class Moves:
    """The changes of one folder in order. An undo restores the replaced files themselves, not copies.

    Args:
        folder: the folder to change.
        spare: a folder on the same disk for the replaced and removed files.

    Attributes:
        removed: the paths of the removed files, relative to ``folder``.
    """

    def __init__(self, folder: Path, spare: Path) -> None:
        self._folder = folder
        self._spare = spare
        self._undo: list[Callable[[], object]] = []
        self._kept = 0
        self.removed: list[str] = []

    def put(self, source: Path, target: Path | str) -> None:
        """Move ``source`` to ``target`` in one rename, so that readers find the old file or the new one.

        A folder is moved only to where there is nothing.
        """
        with attach_path(target):
            if os.path.lexists(target):
                self._undo.append(partial(os.replace, self._link(target), target))
            else:
                self._undo.append(partial(_delete, target))
            source.replace(target)

    def remove(self, file: Path) -> None:
        """Remove a file or a link."""
        spare = self._next_spare()
        with attach_path(file):
            file.replace(spare)
        self._undo.append(partial(os.replace, spare, file))
        self.removed.append(file.relative_to(self._folder).as_posix())

    def make_folder(self, folder: Path) -> None:
        """Create ``folder`` and its parents."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            with attach_path(one):
                one.mkdir()
            self._undo.append(one.rmdir)

    def remove_folder(self, folder: Path) -> None:
        """Remove an empty folder.

        Raises:
            OSError: when it is not empty.
        """
        mode = stat.S_IMODE(folder.stat().st_mode)
        folder.rmdir()
        self._undo.append(partial(folder.mkdir, mode))

    def undo(self) -> bool:
        """Undo every change, the last first; return False when one of them could not be undone."""
        is_whole = True
        while self._undo:
            try:
                self._undo.pop()()
            except OSError:
                is_whole = False
        self.removed.clear()
        return is_whole

    def _link(self, file: Path | str) -> str:
        """Return a path in the spare folder with the same file: a hard link, or ``file`` moved there."""
        spare = self._next_spare()
        try:
            os.link(file, spare, follow_symlinks=False)
        except (OSError, NotImplementedError):
            # Some file systems have no hard links.
            Path(file).replace(spare)
        return spare

    def _next_spare(self) -> str:
        if not self._kept:
            self._spare.mkdir(exist_ok=True)
        self._kept += 1
        return f"{self._spare}/{self._kept}"


def _delete(target: Path | str) -> None:
    """Delete what was moved to ``target``, if anything was: a new file, or a folder of new files."""
    file = Path(target)
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    else:
        file.unlink(missing_ok=True)
