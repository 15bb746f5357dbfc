"""Interface to what a build knows about the files of the last build.

Data about a built site that is not for readers lies in a folder beside the output folder (``beside``): the manifest,
and the notes for a release. So the output folder has nothing that a host must hide.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from plugins.engine.outputs import Filled, Hole, Output

#: The list of the files of the last build. It proves that a build filled the output folder (``output_folder.py``).
MANIFEST = "manifest.json"


def beside(output: Path) -> Path:
    """Return the folder beside the output folder ``output`` for data about the site in it."""
    absolute = output.absolute()
    return absolute.with_name(f".{absolute.name}.build")


class FileRecord(Struct, frozen=True):
    """A file of the site.

    Attributes:
        sha256: of its bytes, in hexadecimal digits.
        size: in bytes.
        hole: the place of its insert, or None (``Filled``).
    """

    sha256: str
    size: int
    hole: Hole | None = None


class WriteResult(Struct, frozen=True):
    """The changes of a build to the output folder.

    Attributes:
        written: the new and changed files.
        removed: the files that the site no longer has.
        added: the new ones of the written files.
        unchanged: the number of files that already had the same bytes.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    added: frozenset[str] = frozenset()


class OutputIndex(ABC):
    """What a build knows about the files of the last build."""

    def expect(self, outputs: Sequence[Output]) -> None:
        """Begin what ``up_to_date`` will need for ``outputs``, beside other work."""
        del outputs

    @abstractmethod
    def up_to_date(self, outputs: Sequence[Output]) -> Mapping[str, FileRecord]:
        """Return those of ``outputs`` that need no rendering, by path: the output folder has the same file."""

    @abstractmethod
    def refilled(self, output: Output) -> Filled | None:
        """Return the last file of ``output`` with its new insert; None when anything else changed.

        ``up_to_date`` was called with ``output``. Another process may call this.
        """

    @property
    @abstractmethod
    def present(self) -> Collection[str] | None:
        """Paths of all that the output folder held when the build began; folders end in a slash. None when unknown."""

    @property
    @abstractmethod
    def is_ours(self) -> bool:
        """Whether it is known that the output folder holds a file of the last build."""

    @abstractmethod
    def record(self, files: Mapping[str, FileRecord], result: WriteResult) -> None:
        """Record the ``files`` that the output folder holds now, and the ``result`` of writing them."""


class NoOutputIndex(OutputIndex):
    """Without knowledge of the last build: every file is rendered."""

    def up_to_date(self, outputs: Sequence[Output]) -> Mapping[str, FileRecord]:
        """Return nothing."""
        del outputs
        return {}

    def refilled(self, output: Output) -> None:
        """Return None."""

    @property
    def present(self) -> None:
        """Unknown."""

    @property
    def is_ours(self) -> bool:
        """Unknown."""
        return False

    def record(self, files: Mapping[str, FileRecord], result: WriteResult) -> None:
        """Do nothing."""
