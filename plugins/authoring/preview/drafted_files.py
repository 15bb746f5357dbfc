"""The files of a content folder, with unsaved drafts in place of some of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from plugins.base.files import File, Files
from plugins.base.problem import Problem
from plugins.engine.incremental.snapshot import EMPTY, hash_of, scan
from plugins.engine.incremental.snapshot_files import SnapshotFiles


class DraftedFiles(Files):
    """The files below a folder as they would be after saving the drafts.

    Args:
        saved: the files of the folder.
        drafts: bytes by path; a file need not be there yet.
    """

    def __init__(self, saved: Files, drafts: Mapping[str, bytes]) -> None:
        super().__init__(saved.root)
        self._saved = saved
        self._drafts = drafts

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, as in ``Files``."""
        return self._saved.paths if self._adds_none else super().paths

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the folder, as in ``Files``."""
        return self._saved.problems if self._adds_none else super().problems

    @cached_property
    def _adds_none(self) -> bool:
        """Whether each draft replaces a saved file, so that the list of the files stays as it was."""
        return all(path in self._saved.paths for path in self._drafts)

    def listed(self) -> tuple[Iterable[str], Iterable[str]]:
        """Return the paths of plain files, those of drafts too, and of all else."""
        plain, others = self._saved.listed()
        return (*dict.fromkeys((*plain, *self._drafts)),), others

    def find(self, path: str) -> File:
        """Return the file ``path``, or its draft."""
        draft = self._drafts.get(path)
        return File(hash_of(draft), lambda: draft) if draft is not None else self._saved.find(path)


class ScannedFolder:
    """A content folder that is scanned for each build. Files that have not changed since the last scan are not read.

    Args:
        root: the folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._record = EMPTY
        self._saved: SnapshotFiles | None = None

    def files(self, drafts: Mapping[str, bytes]) -> DraftedFiles:
        """Return the files of the folder as they are now, with ``drafts`` in place of some of them."""
        snapshot = scan(str(self._root), self._record, now=time.time_ns())
        if self._saved is None or snapshot.touched:
            self._record = snapshot.record
            self._saved = SnapshotFiles(snapshot, self._root)
        return DraftedFiles(self._saved, drafts)
