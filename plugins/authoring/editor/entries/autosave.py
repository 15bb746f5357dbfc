"""Store unsaved versions outside the content folder, readable by their owner alone.

One file for each entry and author holds the saved version that the author started from and their latest version. After
a crash only the text typed since the last autosave is lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from plugins.authoring.editor.form.source_text import SourceText
from plugins.base import private_files
from plugins.base.atomic_write import replace_bytes

#: Below ``CACHE_PATH``.
FOLDER = "writing"


class Unsaved(Struct, frozen=True):
    """An unsaved version of an entry.

    Attributes:
        path: of the entry, relative to the content folder.
        base: the saved version that the author started from.
        now: the author's latest version.
        at: time of the autosave, in seconds since 1970.
    """

    path: str
    base: SourceText
    now: SourceText
    at: float


class Autosave:
    """The unsaved versions of one author in one content folder.

    Args:
        cache: ``CACHE_PATH``.
        content: the content folder.
        author: the author, or "" if one person uses the editor on this machine.

    Attributes:
        folder: the folder of their files.
    """

    def __init__(self, cache: Path, content: Path, author: str = "") -> None:
        self._cache = cache
        self._everybody = cache / FOLDER / hashlib.sha256(str(content.resolve()).encode()).hexdigest()[:12]
        self.folder = self._everybody / hashlib.sha256(author.encode()).hexdigest()[:12] if author else self._everybody

    def store(self, path: str, base: SourceText, now: SourceText) -> None:
        """Store ``now``, which is based on ``base``. Delete it if the two are equal."""
        if now.data == base.data:
            self.delete(path)
            return
        private_files.make_folder(self.folder, self._cache)
        held = {"path": path, "base": base.written, "now": now.written, "at": time.time()}
        replace_bytes(self._file(path), json.dumps(held, ensure_ascii=False).encode(), is_private=True)

    def find(self, path: str) -> Unsaved | None:
        """Return the unsaved version of ``path``, or None."""
        return _read(self._file(path))

    def all(self) -> Iterator[Unsaved]:
        """Yield every unsaved version of this author."""
        return _readable(self.folder.glob("*.json"))

    def of_everybody(self) -> Iterator[Unsaved]:
        """Yield every unsaved version of every author."""
        return _readable(self._everybody.rglob("*.json"))

    def delete(self, path: str) -> None:
        """Delete the unsaved version of ``path``."""
        self._file(path).unlink(missing_ok=True)

    def delete_of_everybody(self, path: str) -> None:
        """Delete every author's unsaved version of ``path``."""
        for file in self._everybody.rglob(self._file(path).name):
            file.unlink(missing_ok=True)

    def _file(self, path: str) -> Path:
        return self.folder / f"{hashlib.sha256(path.encode()).hexdigest()[:32]}.json"


def _readable(files: Iterable[Path]) -> Iterator[Unsaved]:
    for file in sorted(files):
        found = _read(file)
        if found is not None:
            yield found


def _read(file: Path) -> Unsaved | None:
    # A truncated file cannot be restored.
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        held = json.loads(file.read_bytes())
        base, now = SourceText(held["base"].encode()), SourceText(held["now"].encode())
        return Unsaved(held["path"], base, now, float(held["at"]))
    return None
