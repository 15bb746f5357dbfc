"""Replace the last build with a finished one.

Every file is first written to a folder beside the output. When all exist, each is moved in by one rename, so that a
reader finds the old file or the new one and never half of it. Where there is no output yet, whole folders are moved in.
A failure before the moves leaves the output unchanged, and a failure during the moves restores the last site.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from plugins.base.atomic_write import no_empty_folders, written
from plugins.base.errors import attach_path
from plugins.base.processes import is_running
from plugins.base.terminal import display_path
from plugins.engine.moves import Moves
from plugins.engine.output_folder import holds, refuse_foreign
from plugins.engine.output_index import MANIFEST, FileRecord, WriteResult, beside
from plugins.engine.outputs import Hole

NOTHING_WRITTEN = "Nothing was written."
_PREFIX = ".staging-"
#: The folder for replaced files, within the staging folder.
_SPARE = "spare"
#: Files that refer to others. They come last, so that no page lacks its style sheet or pictures.
_PAGES = (".html", ".xml", ".json")
#: The folder for the files of a first build, within the staging folder.
_FIRST = "first"


class Staged(Struct, frozen=True):
    """A file of this build. ``is_new`` is False when the output folder already has the same file."""

    record: FileRecord
    is_new: bool


class Staging:
    """Collect the files of one build and move them into place. Use ``open_staging``.

    Attributes:
        outcome: the state of the output folder so far, in one sentence.
    """

    def __init__(self, output: Path, folder: Path, keep: Collection[str]) -> None:
        self._output = output
        self._beside = beside(output)
        self._folder = folder
        self._keep = frozenset(keep)
        self._entries: dict[str, FileRecord] = {}
        self._changed: list[str] = []
        self._moves = Moves(output, folder / _SPARE)
        self._is_first = not output.is_dir() or not any(output.iterdir())
        self._folders: set[Path] = set()
        self.outcome = NOTHING_WRITTEN
        #: Whether a folder is a link or lies behind one, by path; the cache of ``_behind_link``.
        self._links: dict[str, bool] = {"": False}

    def put(self, path: str, data: bytes, hole: Hole | None = None) -> Staged:
        """Stage the bytes of the file ``path``, relative to the output folder; ``hole`` is as in ``FileRecord``.

        Another process may call this. The result must be passed to ``note`` in this one.
        """
        record = FileRecord(hashlib.sha256(data).hexdigest(), len(data), hole)
        target = f"{self._output}/{path}"
        if not self._is_first and not self._behind_link(path) and holds(target, record):
            return Staged(record, is_new=False)
        staged = self._staged(path)
        with attach_path(target):
            if self._is_first and staged.parent not in self._folders:
                staged.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(staged.parent)
            staged.write_bytes(data)
        return Staged(record, is_new=True)

    def note(self, path: str, staged: Staged) -> None:
        """Add a file that was staged, or that the output folder already has."""
        self._entries[path] = staged.record
        if staged.is_new:
            self._changed.append(path)

    @property
    def files(self) -> Mapping[str, FileRecord]:
        """The files added so far."""
        return self._entries

    def read(self, path: str) -> bytes:
        """Return the bytes of the file ``path``."""
        staged = self._staged(path)
        return (staged if staged.is_file() else self._output / path).read_bytes()

    def place(self, present: Collection[str] | None = None, notes: Mapping[str, bytes] | None = None) -> WriteResult:
        """Move the changed files in, remove those that the site no longer has, and write the manifest and the notes.

        A failure restores the output folder.

        Args:
            present: paths of all that the output folder holds, when known (``OutputIndex.present``).
            notes: files for the folder beside the output folder, by name.
        """
        try:
            added = self._place(present, notes or {})
        except BaseException:
            if not self._moves.undo():
                self.outcome = (
                    f"{display_path(self._output)}/ holds a part of the new site: build it again before it is used."
                )
            raise
        self.outcome = f"The new site is in {display_path(self._output)}/ all the same."
        written.send(self._output)
        removed = tuple(sorted(self._moves.removed))
        return WriteResult(tuple(sorted(self._changed)), removed, len(self._entries) - len(self._changed), added)

    def _place(self, present: Collection[str] | None, notes: Mapping[str, bytes]) -> frozenset[str]:
        """Move the files; return the paths of the new ones."""
        self._moves.make_folder(self._beside)
        # An empty manifest marks an output folder of ours with an incomplete site, should the build be killed.
        self._write_beside(MANIFEST, _manifest({}).encode())
        self._moves.make_folder(self._output)
        added = self._place_first() if self._is_first else self._place_each(present)
        for name, data in notes.items():
            self._write_beside(name, data)
        self._write_beside(MANIFEST, _manifest(self._entries).encode())
        return added

    def _place_first(self) -> frozenset[str]:
        """Move whole folders into an empty output folder, those with pages last."""
        with_pages = {path.partition("/")[0] for path in self._changed if path.endswith(_PAGES)}
        if self._changed:
            for path in sorted((self._folder / _FIRST).iterdir(), key=lambda path: (path.name in with_pages, path)):
                self._moves.put(path, self._output / path.name)
        return frozenset(self._changed)

    def _place_each(self, present: Collection[str] | None) -> frozenset[str]:
        """Move the changed files, and remove those that the site no longer has; return the paths of new ones."""
        added: set[str] = set()
        ready: set[str] = set()
        for path in sorted(self._changed, key=lambda path: (path.endswith(_PAGES), path)):
            target, folder = f"{self._output}/{path}", path.rpartition("/")[0]
            if self._behind_link(path) or not _is_file(target):
                # There is no file, or something else has its path.
                if not Path(target).exists():
                    added.add(path)
                # A folder that was prepared for another file needs no second check.
                if folder not in ready or path not in added:
                    self._clear_way(path)
                    self._moves.make_folder(self._output / folder)
                    ready.add(folder)
            self._moves.put(self._staged(path), target)
        if present is None:
            self._remove_below("")
        else:
            self._remove_unwanted(present)
        return frozenset(added)

    def _staged(self, path: str) -> Path:
        """Return the staged path of the file ``path``.

        In a first build it is at its place. Later all are in one folder, because creating folders costs time.
        """
        if self._is_first:
            return self._folder / _FIRST / path
        return self._folder / hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()

    def _write_beside(self, name: str, data: bytes) -> None:
        staged = self._folder / name
        with attach_path(self._beside / name):
            staged.write_bytes(data)
        self._moves.put(staged, self._beside / name)

    def _clear_way(self, path: str) -> None:
        """Remove a file or a link where ``path`` needs a folder, and a folder where it needs a file."""
        # From the top down, so that nothing behind a link is touched.
        for parent in self._parents(path):
            if parent.is_symlink() or parent.is_file():
                self._moves.remove(parent)
        target = self._output / path
        if target.is_dir() and not target.is_symlink():
            # Reverse order, so that the content of a folder comes before the folder.
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
        """Return the folders between the output folder and the file ``path``, the outermost first."""
        parts = path.split("/")[:-1]
        return [self._output.joinpath(*parts[:length]) for length in range(1, len(parts) + 1)]

    def _remove_unwanted(self, present: Collection[str]) -> None:
        """Remove the files of ``present`` that the site no longer has, and the folders without files."""
        wanted = {"", *self._entries}
        for path in self._entries:
            folder = path.rpartition("/")[0]
            while f"{folder}/" not in wanted and folder:
                wanted.add(f"{folder}/")
                folder = folder.rpartition("/")[0]
        # Reverse order, so that the content of a folder comes before the folder.
        for path in sorted(set(present) - wanted, reverse=True):
            target = self._output / path
            if path.endswith("/"):
                # It may be gone, or hold a new file that the next build will remove.
                with contextlib.suppress(OSError):
                    self._moves.remove_folder(target)
            elif not self._behind_link(path) and (target.is_symlink() or target.is_file()):
                self._moves.remove(target)

    def _remove_below(self, folder: str) -> bool:
        """Remove unwanted files and empty folders below ``folder``; return whether ``folder`` is empty then."""
        is_empty = True
        for item in list(os.scandir(self._output / folder)):
            path = f"{folder}/{item.name}" if folder else item.name
            if not folder and item.name in self._keep:
                is_empty = False
            elif item.is_dir(follow_symlinks=False):
                if self._remove_below(path):
                    self._moves.remove_folder(Path(item.path))
                else:
                    is_empty = False
            elif path in self._entries:
                is_empty = False
            else:
                self._moves.remove(Path(item.path))
        return is_empty


def _manifest(entries: Mapping[str, FileRecord]) -> str:
    """Return the manifest as ``json.dumps(indent=1)`` would, in a fraction of the time."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    files = ",\n".join(
        f'  {encode(path)}: {{\n   "bytes": {entry.size},\n   "sha256": "{entry.sha256}"\n  }}'
        for path, entry in sorted(entries.items())
    )
    return f'{{\n "files": {{\n{files}\n }}\n}}\n' if files else '{\n "files": {}\n}\n'


@contextlib.contextmanager
def open_staging(
    output: Path, *, content: Path, keep: Collection[str] = (), is_ours: bool = False,
    remove: Callable[..., object] = shutil.rmtree,
) -> Iterator[Staging]:  # fmt: skip
    """Open a staging folder for ``output``, and remove it at the end.

    Args:
        output: the output folder; it may be missing.
        content: the content folder, which must not lie inside it.
        keep: names at the top of the output folder that builds leave alone (``OUTPUT_RETENTION``).
        is_ours: as in ``refuse_foreign``.
        remove: as ``shutil.rmtree``, for the staging folder with the replaced files.

    Raises:
        OutputFolderError: as in ``refuse_foreign``.
        OSError: when its parent folder cannot be written.
    """
    refuse_foreign(output, content=content, keep=keep, is_ours=is_ours)
    with no_empty_folders(output.parent):
        with attach_path(output.parent):
            output.parent.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(output)
            folder = Path(tempfile.mkdtemp(prefix=f".{output.name}{_PREFIX}{os.getpid()}-", dir=output.parent))
        try:
            yield Staging(output, folder, keep)
        finally:
            remove(folder, ignore_errors=True)


def _remove_abandoned(output: Path) -> None:
    """Remove the staging folders of builds whose process no longer runs."""
    for folder in output.parent.glob(f".{output.name}{_PREFIX}*"):
        process = folder.name.rpartition(_PREFIX)[2].partition("-")[0]
        if process.isdigit() and not is_running(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_file(file: str) -> bool:
    """Return whether ``file`` is a plain file and no link."""
    try:
        return stat.S_ISREG(os.lstat(file).st_mode)
    except OSError:
        return False
