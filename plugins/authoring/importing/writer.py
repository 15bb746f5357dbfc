"""Write converted texts to the content folder, unless somebody has changed the files of an earlier run."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from plugins.authoring.importing.import_log import ImportLog, Record, sha256
from plugins.base.atomic_write import replace_bytes


class ImportedEntry(Struct, frozen=True):
    """The files to write for one text.

    Attributes:
        path: the entry, relative to the content folder.
        id: its id.
        text: the content of the entry's file.
        files: content of the other files in its folder, by name.
        made_of: digest of all its inputs.
        open: True if files were missing that a later run may find.
        told: its data in the report.
    """

    path: str
    id: str
    text: bytes
    files: dict[str, bytes]
    made_of: str
    open: bool
    told: dict[str, Any]


class Writer:
    """Writes entries and updates the log.

    Args:
        content: the content folder.
        log: the log of earlier runs.
    """

    def __init__(self, content: Path, log: ImportLog) -> None:
        self._content = content
        self._log = log

    def state(self, key: str) -> str:
        """Return the state of the entry of ``key``: ours (unchanged since the import), touched, deleted or none."""
        record = self._log.records.get(key)
        if record is None:
            return "none"
        file = self._content / record.path
        if not file.exists():
            return "deleted" if record.done else "ours"
        return "ours" if sha256(file.read_bytes()) in {record.sha256, record.before} else "touched"

    def write(self, key: str, made: ImportedEntry) -> str:
        """Write ``made`` and return new, updated or unchanged. Call ``state`` first."""
        record = self._log.records.get(key)
        digest = sha256(made.text)
        hashes = {name: sha256(data) for name, data in made.files.items()}
        is_same = record is not None and (record.path, record.sha256, record.files) == (made.path, digest, hashes)
        whole = is_same and all(
            (self._content / made.path).parent.joinpath(name).exists() for name in ["index.md", *hashes]
        )
        before = record.sha256 if record is not None and record.path == made.path else ""
        new = Record(
            key, made.path, made.id, digest, before, made.made_of, files=hashes, told=made.told, open=made.open
        )
        if whole and record is not None and record.done:
            if record != replace(new, before=record.before, done=True):
                self._log.write(replace(new, before=record.before, done=True))
            return "unchanged"
        self._log.write(replace(new, told={}))
        folder = (self._content / made.path).parent
        for name, data in made.files.items():
            self._put(folder / name, data, record)
        replace_bytes(self._content / made.path, made.text)
        if record is not None:
            self._clear(record, made)
        self._log.write(replace(new, done=True))
        return "new" if record is None else "updated"

    def _put(self, file: Path, data: bytes, record: Record | None) -> None:
        """Write a file beside an entry, unless somebody has replaced it."""
        if file.exists():
            there = sha256(file.read_bytes())
            ours = record.files.get(file.name) if record is not None else None
            if there == sha256(data) or there != ours:
                return
        replace_bytes(file, data)

    def _clear(self, record: Record, made: ImportedEntry) -> None:
        """Delete files of ``record`` that ``made`` no longer has, unless somebody has changed them."""
        old, new = (self._content / record.path).parent, (self._content / made.path).parent
        gone = [name for name in record.files if old != new or name not in made.files]
        for name in gone:
            if (old / name).is_file() and sha256((old / name).read_bytes()) == record.files[name]:
                (old / name).unlink()
        if old != new:
            with contextlib.suppress(FileNotFoundError):
                if sha256((self._content / record.path).read_bytes()) in {record.sha256, record.before}:
                    (self._content / record.path).unlink()
            # A folder that is not empty stays.
            with contextlib.suppress(OSError):
                old.rmdir()


def digest_of_parts(*parts: object) -> str:
    """Return a digest of ``parts``, based on their ``repr``."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()
