"""Read the files that a build has rendered and not yet moved into place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from plugins.engine.staging import Staging


class StagedFiles(Mapping[str, bytes]):
    """The bytes of staged files by path. Each is read on access, because all together may not fit into memory.

    Args:
        staging: the staging folder.
        paths: the paths of the files.
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
