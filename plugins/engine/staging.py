"""Staging: puts a finished build in place of the last one.

Every file is written to a folder beside the output first. Only when all are there are they moved in, each by one
rename, so that a file is the old one or the new one and never half of either. A failure before that leaves the
output as it was, and one while files are moved brings the last site back.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.base.atomic_write import no_empty_folders, written
from plugins.base.errors import attach_path
from plugins.base.processes import is_running
from plugins.base.terminal import display_path
from plugins.engine.moves import Moves
from plugins.engine.output_folder import holds, refuse_foreign
from plugins.engine.output_index import MANIFEST, FileRecord, WriteResult, beside

NOTHING_WRITTEN = "Nothing was written."
_PREFIX = ".staging-"
#: Where files wait that give way to new ones, among those that are staged.
_SPARE = "spare"


@dataclass(frozen=True, slots=True)
class Staged:
    """A file of this build, and whether the output folder holds it already."""

    standing: FileRecord
    is_new: bool


class Staging:
    """Collects the files of one build and puts them in place. Use ``open_staging``.

    Attributes:
        outcome: what became of the output folder so far, one sentence.
    """

    def __init__(self, output: Path, folder: Path, keep: Collection[str]) -> None:
        self._output = output
        self._beside = beside(output)
        self._folder = folder
        self._keep = frozenset(keep)
        self._entries: dict[str, FileRecord] = {}
        self._changed: list[str] = []
        self._moves = Moves(output, folder / _SPARE)
        self.outcome = NOTHING_WRITTEN
        #: Of folders that were looked at, whether they are or lie behind links, as far as nothing was put in place.
        self._links: dict[str, bool] = {"": False}

    def put(self, path: str, data: bytes) -> Staged:
        """Take the bytes of the file ``path``, relative to the output folder; ``note`` must be told of it.

        Another process may do this.
        """
        standing = FileRecord(hashlib.sha256(data).hexdigest(), len(data))
        if not self._behind_link(path) and holds(self._output / path, standing):
            return Staged(standing, is_new=False)
        with attach_path(self._output / path):
            self._staged(path).write_bytes(data)
        return Staged(standing, is_new=True)

    def note(self, path: str, staged: Staged) -> None:
        """Note a file that was put here, or that stands in the output folder and is to stay."""
        self._entries[path] = staged.standing
        if staged.is_new:
            self._changed.append(path)

    @property
    def files(self) -> Mapping[str, FileRecord]:
        """Every file noted so far."""
        return self._entries

    def read(self, path: str) -> bytes:
        """Return the bytes that were put at ``path``."""
        staged = self._staged(path)
        return (staged if staged.is_file() else self._output / path).read_bytes()

    def place(self, present: Collection[str] | None = None, notes: Mapping[str, bytes] | None = None) -> WriteResult:
        """Move the changed files in, take away those that are no longer wanted, and write what is kept beside.

        A failure brings back what the output folder held.

        Args:
            present: all that stands in the output folder, where somebody has looked (``OutputIndex.present``).
            notes: files to keep beside the output folder besides the manifest, by name.
        """
        try:
            added = self._place(present, notes or {})
        except BaseException:
            if not self._moves.take_back():
                self.outcome = (
                    f"{display_path(self._output)}/ holds a part of the new site: build it again before it is used."
                )
            raise
        self.outcome = f"The new site is in {display_path(self._output)}/ all the same."
        written.send(self._output)
        removed = tuple(sorted(self._moves.removed))
        return WriteResult(tuple(sorted(self._changed)), removed, len(self._entries) - len(self._changed), added)

    def _place(self, present: Collection[str] | None, notes: Mapping[str, bytes]) -> frozenset[str]:
        """Move the files; return the paths of those that were not there before."""
        self._moves.make_folder(self._beside)
        # The folder of a build that is killed from here on is ours, whatever stands in it, and holds no whole site.
        self._write_beside(MANIFEST, _manifest({}).encode())
        self._moves.make_folder(self._output)
        added: set[str] = set()
        ready: set[str] = set()
        # What pages refer to comes before the pages, so that no page is ever without its style sheet or pictures.
        for path in sorted(self._changed, key=lambda path: (path.endswith((".html", ".xml", ".json")), path)):
            target, folder = self._output / path, path.rpartition("/")[0]
            if self._behind_link(path) or not _is_file(target):
                # There is nothing, or something in the way.
                if not target.exists():
                    added.add(path)
                # A folder that was cleared for another file needs no second look.
                if folder not in ready or path not in added:
                    self._clear_way(path)
                    self._moves.make_folder(target.parent)
                    ready.add(folder)
            self._moves.put(self._staged(path), target)
        if present is None:
            self._remove_below("")
        else:
            self._remove_unwanted(present)
        for name, data in notes.items():
            self._write_beside(name, data)
        self._write_beside(MANIFEST, _manifest(self._entries).encode())
        return frozenset(added)

    def _staged(self, path: str) -> Path:
        """Where the file ``path`` waits: all in one folder, since a folder for each costs more than its file."""
        return self._folder / hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()

    def _write_beside(self, name: str, data: bytes) -> None:
        staged = self._folder / name
        with attach_path(self._beside / name):
            staged.write_bytes(data)
        self._moves.put(staged, self._beside / name)

    def _clear_way(self, path: str) -> None:
        """A file or a link may stand where a folder is needed now, or a folder where a file is."""
        # From the top down: what lies behind a link is not ours to touch.
        for parent in self._parents(path):
            if parent.is_symlink() or parent.is_file():
                self._moves.remove(parent)
        target = self._output / path
        if target.is_dir() and not target.is_symlink():
            # What lies in a folder comes before it.
            for inside in sorted(target.rglob("*"), reverse=True):
                if inside.is_dir() and not inside.is_symlink():
                    self._moves.remove_folder(inside)
                else:
                    self._moves.remove(inside)
            self._moves.remove_folder(target)

    def _behind_link(self, path: str) -> bool:
        folder = path.rpartition("/")[0]
        behind = self._links.get(folder)
        if behind is None:
            behind = self._links[folder] = self._behind_link(folder) or (self._output / folder).is_symlink()
        return behind

    def _parents(self, path: str) -> list[Path]:
        """The folders between the output folder and the file ``path``, the outermost first."""
        parts = path.split("/")[:-1]
        return [self._output.joinpath(*parts[:length]) for length in range(1, len(parts) + 1)]

    def _remove_unwanted(self, present: Collection[str]) -> None:
        """Take away what is not wanted of all that is ``present``, and the folders that nothing needs."""
        wanted = {"", *self._entries}
        for path in self._entries:
            folder = path.rpartition("/")[0]
            while f"{folder}/" not in wanted and folder:
                wanted.add(f"{folder}/")
                folder = folder.rpartition("/")[0]
        # What lies in a folder comes before it.
        for path in sorted(set(present) - wanted, reverse=True):
            place = self._output / path
            if path.endswith("/"):
                # It may be gone, or hold what came a moment ago and is left for the next build.
                with contextlib.suppress(OSError):
                    self._moves.remove_folder(place)
            elif not self._behind_link(path) and (place.is_symlink() or place.is_file()):
                self._moves.remove(place)

    def _remove_below(self, folder: str) -> bool:
        """Take away what is not wanted below ``folder``, and folders that are empty then; tell whether it is empty."""
        left = False
        for item in list(os.scandir(self._output / folder)):
            path = f"{folder}/{item.name}" if folder else item.name
            if not folder and item.name in self._keep:
                left = True
            elif item.is_dir(follow_symlinks=False):
                if self._remove_below(path):
                    self._moves.remove_folder(Path(item.path))
                else:
                    left = True
            elif path in self._entries:
                left = True
            else:
                self._moves.remove(Path(item.path))
        return not left


def _manifest(entries: Mapping[str, FileRecord]) -> str:
    """Return the manifest as ``json.dumps`` indents it, which takes far longer over it."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    files = ",\n".join(
        f'  {encode(path)}: {{\n   "bytes": {entry.size},\n   "sha256": "{entry.sha256}"\n  }}'
        for path, entry in sorted(entries.items())
    )
    return f'{{\n "files": {{\n{files}\n }}\n}}\n' if files else '{\n "files": {}\n}\n'


@contextlib.contextmanager
def open_staging(output: Path, *, content: Path, keep: Collection[str] = ()) -> Iterator[Staging]:
    """Give a staging folder for ``output`` and take it away afterwards.

    Args:
        output: the output folder; it may be missing.
        content: the content folder, which must not lie inside it.
        keep: names at the top of the output folder that are not ours (``OUTPUT_RETENTION``).

    Raises:
        OutputFolderError: when the folder holds files that no build of ours made, or holds the content.
        OSError: when the folder around it cannot be written.
    """
    refuse_foreign(output, content=content, keep=keep)
    with no_empty_folders(output.parent):
        with attach_path(output.parent):
            output.parent.mkdir(parents=True, exist_ok=True)
            _sweep(output)
            folder = Path(tempfile.mkdtemp(prefix=f".{output.name}{_PREFIX}{os.getpid()}-", dir=output.parent))
        try:
            yield Staging(output, folder, keep)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(output: Path) -> None:
    """Take away what a build that was killed has left: its process is gone."""
    for folder in output.parent.glob(f".{output.name}{_PREFIX}*"):
        process = folder.name.rpartition(_PREFIX)[2].partition("-")[0]
        if process.isdigit() and not is_running(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_file(file: Path) -> bool:
    """Tell whether ``file`` is there and no link."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False
