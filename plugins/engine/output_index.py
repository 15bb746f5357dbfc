"""OutputIndex: which files of the last build still stand in the output folder, and what they were made of.

What is known of a built site and is not for readers stands in a folder beside its own (``beside``): the list of its
files, and what those need who make a release of it. So the folder of the site holds nothing that a host must hide.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.engine.outputs import Output

#: Lists the files of the last build. An output folder that holds a file as it is listed is ours to tidy.
MANIFEST = "manifest.json"


def beside(output: Path) -> Path:
    """Return the folder, beside the output folder ``output``, of what is known of the site in it."""
    place = output.absolute()
    return place.with_name(f".{place.name}.build")


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of the site.

    Attributes:
        sha256: of its bytes, in hexadecimal digits.
        size: in bytes.
    """

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What a build changed.

    Attributes:
        written: files that are new or differ.
        removed: files that the site no longer has.
        added: those of the written ones that were not there before.
        unchanged: files left alone, because they hold the same bytes.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    added: frozenset[str] = frozenset()


class OutputIndex(ABC):
    """What a build knows of the files of the one before."""

    @abstractmethod
    def standing(self, outputs: Sequence[Output]) -> Mapping[str, FileRecord]:
        """Return those of ``outputs`` that need not be made, by path: the very same file stands in its place."""

    @property
    @abstractmethod
    def present(self) -> Collection[str] | None:
        """All that stood in the output folder at the beginning, folders with a slash behind; None: nobody looked."""

    @abstractmethod
    def placed(self, files: Mapping[str, FileRecord], placed: WriteResult) -> None:
        """Note that ``files`` are all that the output folder holds now, and what was ``placed`` just now."""


class NoOutputIndex(OutputIndex):
    """Knows nothing: a build on its own makes every file."""

    def standing(self, outputs: Sequence[Output]) -> Mapping[str, FileRecord]:
        """Return nothing."""
        del outputs
        return {}

    @property
    def present(self) -> None:
        """Nobody looked."""

    def placed(self, files: Mapping[str, FileRecord], placed: WriteResult) -> None:
        """Note nothing."""
