"""The log of imports: the entry of each imported text, with hashes of the written files.

With it, a later run finds its entries, leaves alone those that somebody has changed, and resumes after a crash. One
line is added before an entry is written, and one after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from msgspec import Struct, field
from msgspec.structs import asdict

from plugins.base.atomic_write import replace_bytes


class Record(Struct, frozen=True):
    """The log record of one text.

    Attributes:
        key: of the text.
        path: its entry, relative to the content folder.
        id: of the entry.
        sha256: hash of the entry that was or is being written.
        before: hash of the previous version of the entry, or "".
        made_of: digest of all inputs of the entry.
        done: False while it is being written.
        open: True if files were missing that a later run may find.
        files: hashes of the files beside the entry, by name.
        told: its data in the report.
    """

    key: str
    path: str
    id: str
    sha256: str
    before: str = ""
    made_of: str = ""
    done: bool = False
    open: bool = False
    files: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)


class ImportLog:
    """The records by key. A context manager that keeps its file open.

    Args:
        file: the log's file. It may be missing, and its last line may be incomplete.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stream: IO[bytes] | None = None
        self._lines: dict[str, bytes] = {}
        self.records: dict[str, Record] = {}
        if file.exists():
            with file.open("rb") as lines:
                for line in lines:
                    try:
                        record = Record(**json.loads(line))
                    except (ValueError, TypeError):
                        continue  # the run was killed while it wrote the line
                    self.records[record.key], self._lines[record.key] = record, line

    def __enter__(self) -> Self:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self._file.open("ab")
        # Begin a new line after an incomplete one.
        self._stream.write(b"\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()
        if kind is None:
            replace_bytes(self._file, b"".join(self._lines.values()))

    def write(self, record: Record) -> None:
        """Append ``record``, which replaces the earlier record of its key."""
        line = _line(record)
        self.records[record.key], self._lines[record.key] = record, line
        if self._stream is not None:
            self._stream.write(line)
            self._stream.flush()

    def paths(self) -> Iterable[str]:
        """Return the paths of the entries of all records."""
        return (record.path for record in self.records.values())


def sha256(data: bytes) -> str:
    """Return the hash of ``data``."""
    return hashlib.sha256(data).hexdigest()


def _line(record: Record) -> bytes:
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
