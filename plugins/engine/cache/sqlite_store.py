"""Store the pages of a cache in one SQLite file, which may be deleted at any time.

Every row has a hash. A file that is truncated, damaged, of another version or of other code counts as empty, and the
next write replaces it. Each write is one transaction.

The data is unpickled, and a hash does not prove who wrote it. So the file and its folder are writable by their owner
alone (``private_files.py``), and a file that others may have written counts as empty too.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from plugins.base import private_files
from plugins.base.fingerprint import DIGEST_SIZE

_HASH_SIZE = 16
_TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (step TEXT, number INTEGER, data BLOB, names BLOB, PRIMARY KEY (step, number));
CREATE TABLE IF NOT EXISTS value (digest BLOB PRIMARY KEY, data BLOB);
"""
#: Values that no page names are deleted when they are more than this share of all.
_GARBAGE = 0.3


class StoreDamagedError(ValueError):
    """A value that a page names is missing or damaged."""


class CachePage(Struct, frozen=True):
    """A page: its bytes, and the digests of the values that it names."""

    data: bytes
    names: frozenset[bytes] = frozenset()


class Change(Struct, frozen=True):
    """A page to write or delete.

    Attributes:
        step: the name of its step.
        number: its number within the step.
        page: the new page; None deletes it.
        values: the values that it names and the file lacks, by digest.
    """

    step: str
    number: int
    page: CachePage | None
    values: Mapping[bytes, bytes] = field(default_factory=dict)


class Store:
    """The SQLite file of a cache.

    Args:
        file: its path; it may be missing.
        maker: a digest of the code that computes results. A file with another one counts as empty.
    """

    def __init__(self, file: Path, maker: bytes) -> None:
        self._file = file
        self._maker = maker
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._generation = self._read_generation()

    def pages(self, step: str) -> dict[int, bytes]:
        """Return the pages of ``step`` by number; {} when one is damaged, or another process has written since."""
        if not self._generation:
            return {}
        try:
            with self._reading() as connection:
                if self._generation_of(connection) != self._generation:
                    return {}
                rows = connection.execute("SELECT number, data FROM page WHERE step = ?", (step,)).fetchall()
            return {number: _opened(data) for number, data in rows}
        except (sqlite3.Error, StoreDamagedError):
            return {}

    def value(self, digest: bytes) -> bytes:
        """Return the value of ``digest``.

        Raises:
            StoreDamagedError: when it is missing or damaged.
        """
        try:
            with self._reading() as connection:
                row = connection.execute("SELECT data FROM value WHERE digest = ?", (digest,)).fetchone()
        except sqlite3.Error as error:
            raise StoreDamagedError(str(error)) from error
        if row is None:
            raise StoreDamagedError("a value is missing")
        return _opened(row[0])

    def write(self, changes: Iterable[Change]) -> None:
        """Write ``changes``, unless another process has written meanwhile. Errors of the disk are ignored.

        ``changes`` is consumed one by one, because all pages together may not fit into memory.
        """
        waiting = iter(changes)
        first = next(waiting, None)
        if first is None:
            return
        with contextlib.suppress(sqlite3.Error, OSError):
            private_files.make_folder(self._file.parent)
            if not self._generation:
                self._delete()
            self.close()
            # SQLite creates its journal with the mode of this file.
            private_files.make_file(self._file)
            connection = self._connect("rwc")
            # ``changes`` may read values, and a second connection would wait for the lock of this one.
            self._connection, self._process = connection, os.getpid()
            try:
                connection.executescript(_TABLES)
                connection.execute("BEGIN IMMEDIATE")
                if self._generation_of(connection) == self._generation:
                    self._write(connection, itertools.chain((first,), waiting))
                connection.execute("COMMIT")
            finally:
                self.close()

    def __del__(self) -> None:
        # Python 3.13 warns of a connection that is open when it is collected.
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _write(self, connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
        for change in changes:
            where = (change.step, change.number)
            if change.page is None:
                connection.execute("DELETE FROM page WHERE step = ? AND number = ?", where)
            else:
                row = (*where, _sealed(change.page.data), b"".join(change.page.names))
                connection.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", row)
            connection.executemany(
                "INSERT OR REPLACE INTO value VALUES (?, ?)",
                ((digest, _sealed(data)) for digest, data in change.values.items()),
            )
        _tidy(connection)
        generation = os.urandom(_HASH_SIZE)
        connection.execute("INSERT OR REPLACE INTO state VALUES ('generation', ?)", (_sealed(generation),))
        connection.execute("INSERT OR REPLACE INTO state VALUES ('maker', ?)", (_sealed(self._maker),))

    def _delete(self) -> None:
        """Delete a file that cannot be used. Processes that have it open can still read it."""
        self.close()
        for file in self._files():
            file.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        """Yield the file, and those beside it whose content SQLite may write into it."""
        yield from (Path(f"{self._file}{suffix}") for suffix in ("", "-journal", "-wal", "-shm"))

    def _read_generation(self) -> bytes:
        """Return the random mark of the last write; b"" when the file cannot be used."""
        if not self._file.is_file() or not all(
            private_files.is_writable_by_us_alone(file) for file in self._files() if file.exists()
        ):
            return b""
        try:
            with self._reading() as connection:
                maker = _state(connection, "maker")
                return self._generation_of(connection) if maker == self._maker else b""
        except (sqlite3.Error, StoreDamagedError):
            return b""

    def _generation_of(self, connection: sqlite3.Connection) -> bytes:
        return _state(connection, "generation")

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        # A connection does not survive ``fork``.
        if self._connection is None or self._process != os.getpid():
            self._connection, self._process = self._connect("ro"), os.getpid()
        yield self._connection

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{self._file.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=2, isolation_level=None, check_same_thread=False)
        # Rows that a power failure damages fail their hash and are computed again.
        try:
            connection.execute("PRAGMA synchronous = OFF")
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _tidy(connection: sqlite3.Connection) -> None:
    """Delete values that no page names, when they are many."""
    (kept,) = connection.execute("SELECT coalesce(sum(length(names)), 0) FROM page").fetchone()
    (known,) = connection.execute("SELECT count(*) FROM value").fetchone()
    if known * (1 - _GARBAGE) <= kept // DIGEST_SIZE:
        return
    named: set[bytes] = set()
    for (names,) in connection.execute("SELECT names FROM page"):
        named.update(names[start : start + DIGEST_SIZE] for start in range(0, len(names), DIGEST_SIZE))
    gone = [row for row in connection.execute("SELECT digest FROM value") if row[0] not in named]
    connection.executemany("DELETE FROM value WHERE digest = ?", gone)


def _state(connection: sqlite3.Connection, name: str) -> bytes:
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'state'").fetchone()
    row = connection.execute("SELECT data FROM state WHERE name = ?", (name,)).fetchone() if tables[0] else None
    return _opened(row[0]) if row is not None else b""


def _sealed(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_HASH_SIZE).digest() + data


def _opened(data: object) -> bytes:
    """Return the data without its hash.

    Raises:
        StoreDamagedError: when the hash does not match.
    """
    if not isinstance(data, bytes) or _sealed(data[_HASH_SIZE:]) != data:
        raise StoreDamagedError("a row is damaged")
    return data[_HASH_SIZE:]
