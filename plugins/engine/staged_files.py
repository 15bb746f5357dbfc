"""Staged files: what a build has made and not yet put in place, to be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from plugins.engine.staging import Staging


class StagedFiles(Mapping[str, bytes]):
    """The bytes of staged files by path, read when they are asked for: all at once would fill the memory.

    Args:
        staging: holds them.
        paths: of the files.
    """

    def __init__(self, staging: Staging, paths: Collection[str]) -> None:
        self._staging = staging
        self._paths = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return self._staging.read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
