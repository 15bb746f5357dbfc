"""Folder: publishes to a folder of this machine that a web server serves.

Below the place stand ``releases/<id>/``, one folder a release; ``releases/<id>.sha256``, the sums of its files, whose
time is the time at which it was sent; ``current``, a link to the live release, which is the root for a server; and the
mark and lock of the place (``claim.py``).
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
from plugins.publishing.release.carry_over import inherited
from plugins.publishing.release.inventory import PATH, Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.targets.checksums import differing, from_text, sha256, sums, to_text
from plugins.publishing.targets.claim import MARK, claimed
from plugins.publishing.targets.retention import in_order, inventory_of, is_id, leaving, not_kept
from plugins.publishing.targets.target import Kept, TargetError

_RECORD = ".sha256"
#: Begin the names of what is not whole yet, and of what is on its way out.
_NEW, _OLD = ".new-", ".old-"


class FolderTarget:
    """A folder of this machine; see ``Target``.

    A file that the live release already holds is the same file in the new one (a hard link), with its time: servers
    make ETags of a file's time and size. A file that is new gets a time that no file had before.

    Args:
        place: the folder; it is made when it is not there.
        reload: a command that is run after each switch; "" for none.
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
        """Look without changing anything. See ``Target``."""
        return nullcontext()

    def locked(self) -> AbstractContextManager[None]:
        """Keep others from publishing there; the system lets go of the dead. See ``Target``."""
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            with self._telling():
                self.adopted = stack.enter_context(claimed(self._place, self.name)) or self.adopted
            yield

    def live(self) -> Inventory | None:
        """Return what readers see. See ``Target``."""
        live = self._live_id()
        return self._read(live) if live else None

    def kept(self) -> Sequence[Kept]:
        """Return the releases that are kept. See ``Target``."""
        live = self._live_id()
        with self._telling():
            releases = [name.removesuffix(_RECORD) for name in self._names() if name.endswith(_RECORD)]
            return in_order(
                [
                    Kept(release, self._record(release).stat().st_mtime, release == live)
                    for release in releases
                    if is_id(release) and self._home(release).is_dir()
                ],
            )

    def inventory(self, release: str) -> Inventory:
        """Return what is in a kept release. See ``Target``."""
        if not is_id(release) or not self._home(release).is_dir():
            raise not_kept(release, self.name)
        return self._read(release)

    def send(self, release: Release) -> None:
        """Put ``release`` beside the live one, whole or not at all. See ``Target``."""
        wanted = sums(release)
        id_ = release.inventory.id
        with self._telling():
            moment = self._moment()
            if not self._damage(id_):
                os.utime(self._record(id_), (moment, moment))
                return
            new = self._releases / f"{_NEW}{id_}"
            shutil.rmtree(new, ignore_errors=True)
            self._fill(new, release.folder, wanted, moment)
            self._inherit(new, release.inventory)
            # A rename that outlives what it names would publish holes. Once for all files: one by one takes minutes.
            os.sync()
            if wrong := differing(new, wanted):
                raise TargetError(
                    f"{self.name}: {wrong[0]} did not arrive as it was sent ({len(wrong)} such files). Nothing was "
                    "published. Check the disk, then try again.",
                )
            self._write_record(id_, wanted, moment)
            if self._home(id_).exists():
                self._mend(self._home(id_), new, wanted)
            else:
                new.rename(self._home(id_))
            _sync(self._releases)

    def switch(self, release: str) -> None:
        """Let ``current`` lead to a kept release, by one rename. See ``Target``."""
        if not is_id(release) or not self._home(release).is_dir():
            raise not_kept(release, self.name)
        self._live_id()
        if wrong := self._damage(release):
            raise TargetError(
                f"{self.name}: the release {release} is not whole ({wrong[0]}). Readers see what they saw before. "
                "Publish it again, or choose another.",
            )
        with self._telling():
            self._next.unlink(missing_ok=True)
            self._next.symlink_to(f"releases/{release}")
            self._next.replace(self._current)
            _sync(self._place)
        if self._reload:
            done = subprocess.run(["/bin/sh", "-c", self._reload], capture_output=True, text=True, check=False)  # noqa: S603 - a command of the settings
            if done.returncode:
                raise TargetError(
                    f"{self.name}: readers see the release {release}, but `{self._reload}` failed with status "
                    f"{done.returncode} ({done.stderr.strip() or 'it says nothing'}). Run it by hand.",
                )

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Take away what nobody needs. See ``Target``."""
        for release in leaving(self.kept(), keep, unwanted, self.inventory):
            with self._telling():
                # Under another name first: what is half deleted is never taken for a release.
                self._home(release).rename(self._releases / f"{_OLD}{release}")
        with self._telling():
            self._next.unlink(missing_ok=True)
            for name in self._names():
                self._clear_up(name)

    def _clear_up(self, name: str) -> None:
        """Delete what an interrupted run left in ``releases`` under ``name``, and nothing that another program made."""
        release = name.removeprefix(_NEW).removeprefix(_OLD).removesuffix(_RECORD)
        if not is_id(release):
            return
        if name in {f"{_NEW}{release}", f"{_OLD}{release}"}:
            shutil.rmtree(self._releases / name)
        lonely = name == f"{release}{_RECORD}" and not self._home(release).is_dir()
        if lonely or name == f"{_NEW}{release}{_RECORD}":
            (self._releases / name).unlink()

    @property
    def _next(self) -> Path:
        """What becomes ``current``."""
        return self._place / f"{MARK}-current"

    def _names(self) -> list[str]:
        """Return the names in ``releases``; none where there is no such folder."""
        try:
            return sorted(entry.name for entry in self._releases.iterdir())
        except FileNotFoundError:
            return []

    def _home(self, release: str) -> Path:
        return self._releases / release

    def _record(self, release: str) -> Path:
        return self._releases / f"{release}{_RECORD}"

    def _live_id(self) -> str:
        """Return the id of the live release; "" where nothing was published yet.

        Raises:
            TargetError: where ``current`` is somebody else's.
        """
        with self._telling():
            try:
                link = self._current.readlink()
            except FileNotFoundError:
                return ""
            except OSError as error:
                if error.errno != errno.EINVAL:
                    raise
                link = Path()
        if link.parent != Path(self._releases.name) or not is_id(link.name):
            raise self._in_the_way()
        return link.name

    def _read(self, release: str) -> Inventory:
        try:
            text = (self._home(release) / PATH).read_bytes()
        except OSError as error:
            raise TargetError(
                f"{self.name}: the release {release} is not whole: {error.strerror}: {error.filename}. "
                "Publish it again.",
            ) from error
        return inventory_of(release, text, self.name)

    def _moment(self) -> float:
        """Return now, but no second in which a file of a kept release was written, whatever the clock says."""
        return max(time.time(), *(int(one.when) + 1.0 for one in self.kept()), 0.0)

    def _damage(self, release: str) -> list[str]:
        """Return the files of a kept release that are not what was sent."""
        try:
            record = self._record(release).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return [f"{release}{_RECORD}"]
        return differing(self._home(release), from_text(record))

    def _fill(self, new: Path, source: Path, wanted: Mapping[str, str], moment: float) -> None:
        """Make the folder ``new`` of what the live release has, and of ``source``."""
        live = self._home(self._live_id()) if self._live_id() else None
        folders = {new, *(new / parent for path in wanted for parent in PurePath(path).parents)}
        for folder in sorted(folders):
            folder.mkdir()
            folder.chmod(0o755)
        for path, sum_ in wanted.items():
            if not live or sha256(live / path) != sum_ or not _link(live / path, new / path):
                _copy(source / path, new / path, moment)

    def _inherit(self, new: Path, inventory: Inventory) -> None:
        """Keep what open pages of the live release may still ask for."""
        for path in inherited(self.live(), inventory):
            old = self._current / path
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            if old.is_file() and not _link(old, new / path):
                _copy(old, new / path, old.stat().st_mtime)

    def _write_record(self, release: str, wanted: Mapping[str, str], moment: float) -> None:
        new = self._releases / f"{_NEW}{release}{_RECORD}"
        new.write_text(to_text(wanted), encoding="utf-8")
        os.utime(new, (moment, moment))
        _sync(new)
        new.replace(self._record(release))

    def _mend(self, home: Path, new: Path, wanted: Mapping[str, str]) -> None:
        """Put the files of ``new`` in the place of those in ``home`` that are damaged, each by one rename."""
        for path in differing(home, wanted):
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).replace(home / path)
        for file in [file for file in home.rglob("*") if not file.is_dir()]:
            if file.relative_to(home).as_posix() not in wanted:
                file.unlink()
        shutil.rmtree(new)

    def _in_the_way(self) -> TargetError:
        return TargetError(
            f"{self.name}: {self._current} is there and is no link to a release, so it was not made by publishing. "
            "Move it away, or publish to another folder.",
        )

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell of what the system refuses."""
        try:
            yield
        except OSError as error:
            told = os_error_message(error) or f"{error.strerror}: {error.filename}. Then run this again."
            raise TargetError(f"{self.name}: {told} What readers see is whole.") from error


def _link(old: Path, new: Path) -> bool:
    """Make ``new`` the same file as ``old``; say whether the file system can."""
    try:
        new.hardlink_to(old)
    except OSError:
        return False
    return True


def _copy(old: Path, new: Path, moment: float) -> None:
    shutil.copyfile(old, new)
    new.chmod(0o644)
    os.utime(new, (moment, moment))


def _sync(path: Path) -> None:
    """Wait until ``path`` is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
