"""The files of a content folder, with unsaved drafts in place of some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from plugins.base.files import File, Files, digest_of


class DraftedFiles(Files):
    """The files below a folder as they would be after saving the drafts.

    Args:
        root: the folder.
        drafts: bytes by path; a file need not be there yet.
    """

    def __init__(self, root: Path, drafts: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self._drafts = drafts

    def listed(self) -> tuple[Iterable[str], Iterable[str]]:
        """Return the paths of plain files, those of drafts too, and of all else."""
        plain, others = super().listed()
        return (*dict.fromkeys((*plain, *self._drafts)),), others

    def find(self, path: str) -> File:
        """Return the file ``path``, or its draft."""
        draft = self._drafts.get(path)
        return File(digest_of(draft), lambda: draft) if draft is not None else super().find(path)
