"""Publish to a folder of this machine.

The folder holds ``releases/<id>/``, one folder for each release; ``releases/<id>.sha256``, the checksums of its files,
whose modification time is the time of the upload; ``current``, a link to the live release, which is the document root;
and the mark, which is also the lock (``claim.py``).
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path, PurePath

from plugins.base.errors import os_error_message
from plugins.publishing.release.carry_over import carried_over
from plugins.publishing.release.inventory import PATH, Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.targets.checksums import from_sha256sum, mismatched, release_checksums, sha256, to_sha256sum
from plugins.publishing.targets.claim import MARK, claimed
from plugins.publishing.targets.retention import inventory_of, is_id, newest_first, not_kept_error, releases_to_delete
from plugins.publishing.targets.target import Kept, TargetError

_RECORD = ".sha256"
#: Prefixes of folders that are incomplete, and of folders that are being deleted.
_NEW, _OLD = ".new-", ".old-"


class FolderTarget:
    """A folder of this machine. See ``Target``.

    A file that the live release already holds is linked into the new one and keeps its time, because servers compute
    ETags from a file's time and size. A new file gets a time that no earlier file has.

    Args:
        place: the folder, which is created if it does not exist.
        reload: a command to run after each switch, or "" for none.
    """

    follows_rules = True

    def __init__(self, place: Path, reload: str = "") -> None:
        self.name = f"folder {place}"
        self.adopted = False
        self._place = place
        self._releases = place / "releases"
        self._current = place / "current"
        self._reload = reload

    def reading(self) -> AbstractContextManager[None]:
        """Return a context that does nothing. See ``Target``."""
        return nullcontext()

    def locked(self) -> AbstractContextManager[None]:
        """Hold the lock of the mark. See ``Target``."""
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            with self._converting_errors():
                self.adopted = stack.enter_context(claimed(self._place, self.name)) or self.adopted
            yield

    def live(self) -> Inventory | None:
        """Return the inventory of the live release. See ``Target``."""
        live = self._live_id()
        return self._read(live) if live else None

    def kept(self) -> Sequence[Kept]:
        """Return the kept releases. See ``Target``."""
        live = self._live_id()
        with self._converting_errors():
            releases = [name.removesuffix(_RECORD) for name in self._names() if name.endswith(_RECORD)]
            return newest_first(
                [
                    Kept(release, self._record(release).stat().st_mtime, release == live)
                    for release in releases
                    if is_id(release) and self._release_folder(release).is_dir()
                ],
            )

    def inventory(self, release: str) -> Inventory:
        """Return the inventory of a kept release. See ``Target``."""
        if not is_id(release) or not self._release_folder(release).is_dir():
            raise not_kept_error(release, self.name)
        return self._read(release)

    def send(self, release: Release) -> None:
        """Copy ``release`` beside the live one. See ``Target``."""
        wanted = release_checksums(release)
        id_ = release.inventory.id
        with self._converting_errors():
            modified = self._unused_time()
            if not self._damaged_files(id_):
                os.utime(self._record(id_), (modified, modified))
                return
            new = self._releases / f"{_NEW}{id_}"
            shutil.rmtree(new, ignore_errors=True)
            self._fill(new, release.folder, wanted, modified)
            self._carry_over(new, release.inventory)
            # Without it, a crash could keep the rename and lose the files. One sync for each file takes minutes.
            os.sync()
            if wrong := mismatched(new, wanted):
                raise TargetError(
                    f"{self.name}: {wrong[0]} did not arrive as it was sent ({len(wrong)} such files). Nothing was "
                    "published. Check the disk, then try again.",
                )
            self._write_record(id_, wanted, modified)
            if self._release_folder(id_).exists():
                self._repair(self._release_folder(id_), new, wanted)
            else:
                new.rename(self._release_folder(id_))
            _sync(self._releases)

    def switch(self, release: str) -> None:
        """Replace the link ``current`` by one rename. See ``Target``."""
        if not is_id(release) or not self._release_folder(release).is_dir():
            raise not_kept_error(release, self.name)
        self._live_id()
        if wrong := self._damaged_files(release):
            raise TargetError(
                f"{self.name}: the release {release} is not whole ({wrong[0]}). Readers see what they saw before. "
                "Publish it again, or choose another.",
            )
        with self._converting_errors():
            self._new_link.unlink(missing_ok=True)
            self._new_link.symlink_to(f"releases/{release}")
            self._new_link.replace(self._current)
            _sync(self._place)
        if self._reload:
            done = subprocess.run(["/bin/sh", "-c", self._reload], capture_output=True, text=True, check=False)  # noqa: S603 - a command of the settings
            if done.returncode:
                raise TargetError(
                    f"{self.name}: readers see the release {release}, but `{self._reload}` failed with status "
                    f"{done.returncode} ({done.stderr.strip() or 'it says nothing'}). Run it by hand.",
                )

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Delete old releases and what interrupted runs left. See ``Target``."""
        for release in releases_to_delete(self.kept(), keep, unwanted, self.inventory):
            with self._converting_errors():
                # Renamed first, so that a half-deleted folder is never taken for a release.
                self._release_folder(release).rename(self._releases / f"{_OLD}{release}")
        with self._converting_errors():
            self._new_link.unlink(missing_ok=True)
            for name in self._names():
                self._delete_leftover(name)

    def _delete_leftover(self, name: str) -> None:
        """Delete what an interrupted run left in ``releases`` under ``name``. Keep files of other programs."""
        release = name.removeprefix(_NEW).removeprefix(_OLD).removesuffix(_RECORD)
        if not is_id(release):
            return
        if name in {f"{_NEW}{release}", f"{_OLD}{release}"}:
            shutil.rmtree(self._releases / name)
        orphaned = name == f"{release}{_RECORD}" and not self._release_folder(release).is_dir()
        if orphaned or name == f"{_NEW}{release}{_RECORD}":
            (self._releases / name).unlink()

    @property
    def _new_link(self) -> Path:
        """The path at which the new link is made before it replaces ``current``."""
        return self._place / f"{MARK}-current"

    def _names(self) -> list[str]:
        """Return the names in ``releases``, or [] if that folder does not exist."""
        try:
            return sorted(entry.name for entry in self._releases.iterdir())
        except FileNotFoundError:
            return []

    def _release_folder(self, release: str) -> Path:
        return self._releases / release

    def _record(self, release: str) -> Path:
        return self._releases / f"{release}{_RECORD}"

    def _live_id(self) -> str:
        """Return the id of the live release, or "" if there is none.

        Raises:
            TargetError: if ``current`` is not a link to a release.
        """
        with self._converting_errors():
            try:
                link = self._current.readlink()
            except FileNotFoundError:
                return ""
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
                link = Path()
        if link.parent != Path(self._releases.name) or not is_id(link.name):
            raise self._not_a_link_error()
        return link.name

    def _read(self, release: str) -> Inventory:
        try:
            text = (self._release_folder(release) / PATH).read_bytes()
        except OSError as error:
            raise TargetError(
                f"{self.name}: the release {release} is not whole: {error.strerror}: {error.filename}. "
                "Publish it again.",
            ) from error
        return inventory_of(release, text, self.name)

    def _unused_time(self) -> float:
        """Return the current time, moved into a second after those of all kept releases."""
        return max(time.time(), *(int(release.when) + 1.0 for release in self.kept()), 0.0)

    def _damaged_files(self, release: str) -> list[str]:
        """Return the files of a kept release that differ from its checksums."""
        try:
            record = self._record(release).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return [f"{release}{_RECORD}"]
        return mismatched(self._release_folder(release), from_sha256sum(record))

    def _fill(self, new: Path, source: Path, wanted: Mapping[str, str], modified: float) -> None:
        """Fill the folder ``new`` with links to the live release and copies from ``source``."""
        live = self._release_folder(self._live_id()) if self._live_id() else None
        folders = {new, *(new / parent for path in wanted for parent in PurePath(path).parents)}
        for folder in sorted(folders):
            folder.mkdir()
            folder.chmod(0o755)
        for path, checksum in wanted.items():
            if not live or sha256(live / path) != checksum or not _link(live / path, new / path):
                _copy(source / path, new / path, modified)

    def _carry_over(self, new: Path, inventory: Inventory) -> None:
        """Link the files of the live release that open pages may still request into ``new``."""
        for path in carried_over(self.live(), inventory):
            old = self._current / path
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            if old.is_file() and not _link(old, new / path):
                _copy(old, new / path, old.stat().st_mtime)

    def _write_record(self, release: str, wanted: Mapping[str, str], modified: float) -> None:
        new = self._releases / f"{_NEW}{release}{_RECORD}"
        new.write_text(to_sha256sum(wanted), encoding="utf-8")
        os.utime(new, (modified, modified))
        _sync(new)
        new.replace(self._record(release))

    def _repair(self, folder: Path, new: Path, wanted: Mapping[str, str]) -> None:
        """Replace the damaged files in ``folder`` by those of ``new``, each by one rename."""
        for path in mismatched(folder, wanted):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).replace(folder / path)
        for file in [file for file in folder.rglob("*") if not file.is_dir()]:
            if file.relative_to(folder).as_posix() not in wanted:
                file.unlink()
        shutil.rmtree(new)

    def _not_a_link_error(self) -> TargetError:
        return TargetError(
            f"{self.name}: {self._current} is there and is no link to a release, so it was not made by publishing. "
            "Move it away, or publish to another folder.",
        )

    @contextlib.contextmanager
    def _converting_errors(self) -> Iterator[None]:
        """Turn an ``OSError`` into a ``TargetError``."""
        try:
            yield
        except OSError as error:
            reason = os_error_message(error) or f"{error.strerror}: {error.filename}. Then run this again."
            raise TargetError(f"{self.name}: {reason} What readers see is whole.") from error


def _link(old: Path, new: Path) -> bool:
    """Make ``new`` a hard link to ``old``. Return whether the file system supports it."""
    try:
        new.hardlink_to(old)
    except OSError:
        return False
    return True


def _copy(old: Path, new: Path, modified: float) -> None:
    shutil.copyfile(old, new)
    new.chmod(0o644)
    os.utime(new, (modified, modified))


def _sync(path: Path) -> None:
    """Flush ``path`` to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
