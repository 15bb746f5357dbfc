"""Scan a folder, and find what changed since an earlier scan.

A file is unchanged when its signature is: mtime, ctime, size and inode. A program can set mtime but not ctime, so every
change alters the signature. The exception is a second change within the resolution of the disk's clock. A file that
changed just before the scan therefore has no signature, and its bytes are hashed again in the next scan.
Imports are few, because an unchanged build runs little else.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import TypeAlias

#: mtime and ctime (nanoseconds), size and inode, packed; b"" when the file may change unnoticed.
Signature: TypeAlias = bytes
#: A file: its signature, and the hash of its bytes; b"" for what is not read.
FileRecord: TypeAlias = "tuple[Signature, bytes]"
#: A folder: its signature, and the names of the files and of the folders in it.
FolderRecord: TypeAlias = "tuple[Signature, tuple[str, ...], tuple[str, ...]]"
#: Folders and files by path, relative to the top, "" for the top itself.
TreeRecord: TypeAlias = "tuple[dict[str, FolderRecord], dict[str, FileRecord]]"

#: How long after a change a file may change again with the same ctime, in nanoseconds. A file system with fractions of
#: a second ticks at least a hundred times a second, any other may count in steps of two seconds.
_FINE, _COARSE = 20_000_000, 2_000_000_000
EMPTY: TreeRecord = ({}, {})

_NO_FILE: FileRecord = (b"", b"")
_NO_FOLDER: FolderRecord = (b"", (), ())
#: Packed, because tens of thousands of tuples take several times as long to load.
_signature = struct.Struct("<qqQQ").pack


class Snapshot:
    """The result of one scan.

    Args:
        record: returns the record; called once, when it is first needed.
        changed: the changed paths.
        touched: True when the record differs from the earlier one.

    Attributes:
        touched: True when the record differs from the earlier one, if only in signatures.
        changed: paths of files that are new, removed or have other bytes, and of folders that are new or removed,
            which end in a slash.
    """

    def __init__(self, record: Callable[[], TreeRecord], changed: Collection[str] = (), *, touched: bool) -> None:
        self._record = record
        self.changed = frozenset(changed)
        self.touched = touched

    @cached_property
    def record(self) -> TreeRecord:
        """Folders and files with their signatures, for the next scan."""
        return self._record()

    @property
    def folders(self) -> dict[str, FolderRecord]:
        """The folders by path."""
        return self.record[0]

    @property
    def files(self) -> dict[str, FileRecord]:
        """The files by path."""
        return self.record[1]


def scan(
    top: str, before: TreeRecord, *, now: int, follow: bool = True, skip: frozenset[str] = frozenset(),
    only: frozenset[str] = frozenset(),
) -> Snapshot:  # fmt: skip
    """Scan a folder.

    Args:
        top: the folder.
        before: the record of an earlier scan.
        now: the time of the scan, in nanoseconds since 1970.
        follow: True reads the target of a link; False treats every link as a changed file.
        skip: names to ignore at any depth; with a leading slash, only at the top.
        only: the names to scan at the top; all when empty.
    """
    return _Walk(top, before, now=now, follow=follow, skip=skip, only=only).run()


class _Walk:
    """One walk through a folder; see ``scan``."""

    def __init__(
        self, top: str, before: TreeRecord, *, now: int, follow: bool, skip: frozenset[str], only: frozenset[str]
    ) -> None:
        self._top = top
        self._folders_before, self._files_before = before
        self._now = now
        self._follow = follow
        self._skip = skip
        self._only = only
        self._files: dict[str, FileRecord] = {}
        self._folders: dict[str, FolderRecord] = {}
        self._touched = False
        self._changed: set[str] = set()

    def run(self) -> Snapshot:
        """Walk through the folder, and return the snapshot."""
        left = [""]
        while left:
            inside = left.pop()
            start = f"{inside}/" if inside else ""
            left.extend(start + name for name in self._folder(inside))
        changed = self._changed
        changed.update(self._files_before.keys() - self._files.keys())
        others = self._folders.keys() ^ self._folders_before.keys()
        changed.update(f"{folder}/" for folder in others if folder)
        record = (self._folders, self._files)
        return Snapshot(lambda: record, changed, touched=self._touched or bool(changed) or bool(others))

    def _folder(self, inside: str) -> tuple[str, ...]:
        """Record the files of a folder; return the names of the folders in it."""
        place = f"{self._top}/{inside}" if inside else self._top
        known = self._folders_before.get(inside, _NO_FOLDER)
        now = self._now
        try:
            signature = signature_of(os.stat(place), now)
            record = known if signature and signature == known[0] else self._listed(inside, signature)
        except OSError:
            # The folder may be missing, or be removed during the scan.
            return ()
        if record is not known:
            self._touched = True
        self._folders[inside] = record
        start = f"{inside}/" if inside else ""
        # Local names, because the loop may run tens of thousands of times.
        files, before, stat, top = self._files, self._files_before, os.stat, self._top
        for name in record[1]:
            path = start + name
            seen = before.get(path, _NO_FILE)
            try:
                signature = signature_of(stat(f"{top}/{path}"), now)
            except OSError:
                signature = b""
            files[path] = seen if signature and signature == seen[0] else self._hashed(path, signature, seen)
        return record[2]

    def _listed(self, inside: str, signature: Signature) -> FolderRecord:
        files: list[str] = []
        folders: list[str] = []
        with os.scandir(f"{self._top}/{inside}") as found:
            for item in found:
                if (
                    item.name in self._skip
                    or f"{inside}/{item.name}" in self._skip
                    or (self._only and item.name not in self._only)
                ):
                    continue
                if item.is_dir(follow_symlinks=False):
                    folders.append(item.name)
                else:
                    files.append(item.name)
        return signature, tuple(sorted(files)), tuple(sorted(folders))

    def _hashed(self, path: str, signature: Signature, seen: FileRecord) -> FileRecord:
        self._touched = True
        place = f"{self._top}/{path}"
        try:
            # Opening a pipe may block for ever.
            counts = os.path.isfile(place) and (self._follow or not os.path.islink(place))
            digest = hash_of(_read(place)) if counts else b""
        except OSError:
            digest = b""
        if digest != seen[1] or path not in self._files_before:
            self._changed.add(path)
        return signature, digest


def signature_of(stat: os.stat_result, now: int) -> Signature:
    """Return the signature of a file or a folder at ``now``, in nanoseconds; b"" when it may change unnoticed."""
    moved = stat.st_ctime_ns
    if now - moved < (_FINE if moved % 1_000_000 else _COARSE):
        return b""
    try:
        return _signature(stat.st_mtime_ns, moved, stat.st_size, stat.st_ino)
    except struct.error:
        # Some file systems allow times outside the range of 64 bits.
        return b""


def after(before: TreeRecord, top: str, files: Mapping[str, bytes], changed: Collection[str], now: int) -> TreeRecord:
    """Return the record of a folder after files were written and removed, without reading them.

    Args:
        before: the record before that.
        top: the folder.
        files: the hashes of all files that it holds now, by path.
        changed: the paths of the files that were written or removed.
        now: the time, in nanoseconds since 1970.
    """
    folders_before, files_before = before
    touched = {""}
    for path in (*changed, *(files.keys() ^ files_before.keys())):
        parts = path.split("/")
        touched.update("/".join(parts[:length]) for length in range(len(parts)))
    inside: dict[str, tuple[set[str], set[str]]] = {folder: (set(), set()) for folder in touched}
    records: dict[str, FileRecord] = {}
    renewed = frozenset(changed)
    holders: set[str] = set()
    for path, digest in files.items():
        folder, _, name = path.rpartition("/")
        if folder in inside:
            inside[folder][0].add(name)
        # Add each folder to its parent once.
        while folder and folder not in holders:
            holders.add(folder)
            upper, _, name = folder.rpartition("/")
            if upper in inside:
                inside[upper][1].add(name)
            folder = upper
        known = files_before.get(path)
        if known is None or path in renewed or known[1] != digest:
            known = (_stat(f"{top}/{path}", now), digest)
        records[path] = known
    folders = {folder: record for folder, record in folders_before.items() if folder not in touched}
    for folder, (names, below) in inside.items():
        if names or below or not folder:
            place = f"{top}/{folder}" if folder else top
            folders[folder] = (_stat(place, now), tuple(sorted(names)), tuple(sorted(below)))
    return folders, records


def _stat(place: str, now: int) -> Signature:
    try:
        return signature_of(os.stat(place), now)
    except OSError:
        return b""


def hash_of(data: bytes) -> bytes:
    """Return the SHA-256 of the bytes of a file."""
    return hashlib.sha256(data).digest()


def _read(place: str) -> bytes:
    with open(place, "rb") as file:
        return file.read()
