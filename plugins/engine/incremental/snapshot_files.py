"""Read the files of a content folder as a scan found them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from plugins.base.files import File, FileChangedError, Files, read_file
from plugins.engine.incremental.snapshot import Snapshot, hash_of


class SnapshotFiles(Files):
    """The files of the content folder as they were when the build began.

    Args:
        snapshot: the scan of the folder.
        root: the folder.
    """

    def __init__(self, snapshot: Snapshot, root: Path) -> None:
        super().__init__(root)
        self._snapshot = snapshot

    def listed(self) -> tuple[Iterable[str], Iterable[str]]:
        """Return the paths of plain files, and of everything else, such as links."""
        return self._listed

    @cached_property
    def _listed(self) -> tuple[Iterable[str], Iterable[str]]:
        files, folders, top = self._snapshot.files, self._snapshot.folders, f"{self.root}/"
        plain = [path for path, (_, digest) in files.items() if digest and not os.path.islink(top + path)]
        inside = ((f"{folder}/" if folder else "", names) for folder, (_, _, names) in folders.items())
        closed = {start + name for start, names in inside for name in names} - folders.keys()
        return plain, (files.keys() - plain) | closed

    def find(self, path: str) -> File:
        """Return the file ``path``.

        Raises:
            OSError: when it cannot be read.
        """
        seen = self._snapshot.files.get(path)
        if seen is None or not seen[1]:
            return super().find(path)
        digest = seen[1]

        def read() -> bytes:
            try:
                data = read_file(self.root / path)
            except OSError as error:
                raise _changed(path) from error
            if hash_of(data) != digest:
                raise _changed(path)
            return data

        return File(digest, read)


def _changed(path: str) -> FileChangedError:
    return FileChangedError(f"{path} changed while the site was being built; build it again")
