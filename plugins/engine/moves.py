"""Moves: changes the files of a folder one by one, and takes all of it back when one of them fails."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

from plugins.base.errors import attach_path


class Moves:
    """Changes of one folder, in order. Each can be taken back, with the file itself and not a copy of it.

    Args:
        folder: what is changed.
        spare: a folder on the same disk, for the files that give way.

    Attributes:
        removed: the paths of the files that were taken away, relative to ``folder``.
    """

    def __init__(self, folder: Path, spare: Path) -> None:
        self._folder = folder
        self._spare = spare
        self._undo: list[Callable[[], object]] = []
        self._kept = 0
        self.removed: list[str] = []

    def put(self, source: Path, target: Path) -> None:
        """Move the file ``source`` to ``target``, in one rename; nobody ever finds half a file or none."""
        with attach_path(target):
            if os.path.lexists(target):
                self._undo.append(partial(os.replace, self._second_name(target), target))
            else:
                self._undo.append(partial(target.unlink, missing_ok=True))
            source.replace(target)

    def remove(self, file: Path) -> None:
        """Take away a file or a link."""
        spare = self._next()
        with attach_path(file):
            file.replace(spare)
        self._undo.append(partial(os.replace, spare, file))
        self.removed.append(file.relative_to(self._folder).as_posix())

    def make_folder(self, folder: Path) -> None:
        """Make ``folder``, and those that it lies in."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            with attach_path(one):
                one.mkdir()
            self._undo.append(one.rmdir)

    def remove_folder(self, folder: Path) -> None:
        """Take away an empty folder.

        Raises:
            OSError: when it holds something.
        """
        mode = stat.S_IMODE(folder.stat().st_mode)
        folder.rmdir()
        self._undo.append(partial(folder.mkdir, mode))

    def take_back(self) -> bool:
        """Undo every change, the last first; return False where one of them could not be undone."""
        is_whole = True
        while self._undo:
            try:
                self._undo.pop()()
            except OSError:
                is_whole = False
        self.removed.clear()
        return is_whole

    def _second_name(self, file: Path) -> Path:
        """Return another place where ``file`` is found, too."""
        spare = self._next()
        try:
            os.link(file, spare, follow_symlinks=False)
        except (OSError, NotImplementedError):
            # Some disks give a file one name only.
            file.replace(spare)
        return spare

    def _next(self) -> Path:
        self._kept += 1
        self._spare.mkdir(exist_ok=True)
        return self._spare / str(self._kept)
