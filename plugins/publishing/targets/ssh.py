"""Publish to a folder of another computer, through the system's ssh and rsync.

``folder.py`` describes the layout of the folder. The host needs a POSIX shell, rsync, flock, and the coreutils of GNU
or BusyBox.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import NoReturn

from plugins.publishing.release.carry_over import carried_over
from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.targets import scripts
from plugins.publishing.targets.checksums import release_checksums, to_sha256sum
from plugins.publishing.targets.claim import FOLDER_TEXT, MARK, refusal
from plugins.publishing.targets.lock_owner import at, owner
from plugins.publishing.targets.retention import inventory_of, is_id, newest_first, not_kept_error, releases_to_delete
from plugins.publishing.targets.shell import Host, RemoteCommandError, Shell
from plugins.publishing.targets.target import Kept, TargetError


class SshTarget:
    """A folder of another computer. See ``Target``.

    A file that the live release already holds is linked into the new one, keeps its time, and is not uploaded. A
    process on the host holds the lock and ends with the connection, so a run that dies releases it.

    Args:
        host: the computer.
        place: the folder there, absolute or relative to the user's home.
        reload: a command to run there after each switch, or "" for none.
    """

    follows_rules = True

    def __init__(self, host: Host, place: str, reload: str = "") -> None:
        self.name = f"{host.address}:{place}"
        self.adopted = False
        self._place = place
        self._shell = Shell(host, place)
        self._reload = reload

    def reading(self) -> AbstractContextManager[None]:
        """Connect for reading. See ``Target``."""
        return self._open(scripts.READ)

    def locked(self) -> AbstractContextManager[None]:
        """Connect, and hold the lock. See ``Target``."""
        return self._open(scripts.LOCK, f"{owner()}, since {at(time.time())},", FOLDER_TEXT)

    @contextlib.contextmanager
    def _open(self, script: str, *arguments: str) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            try:
                printed = stack.enter_context(self._shell.open(script, *arguments))
            except RemoteCommandError as error:
                self._raise_target_error(error)
            self.adopted = printed == "adopted" or self.adopted
            yield

    def live(self) -> Inventory | None:
        """Return the inventory of the live release. See ``Target``."""
        link, _, text = self._ask(scripts.LIVE).partition("\n")
        return inventory_of(PurePosixPath(link).name, text, self.name) if link else None

    def kept(self) -> Sequence[Kept]:
        """Return the kept releases. See ``Target``."""
        link, *records = self._ask(scripts.KEPT).splitlines() or [""]
        found = [record.removesuffix(".sha256").rpartition(" ") for record in records]
        live = PurePosixPath(link).name
        pairs = [(name.removesuffix(".sha256"), when) for name, _, when in found]
        return newest_first([Kept(name, float(when), name == live) for name, when in pairs if is_id(name)])

    def inventory(self, release: str) -> Inventory:
        """Return the inventory of a kept release. See ``Target``."""
        if not is_id(release):
            raise not_kept_error(release, self.name)
        return inventory_of(release, self._ask(scripts.INVENTORY, release, release=release), self.name)

    def send(self, release: Release) -> None:
        """Upload ``release`` beside the live one. See ``Target``."""
        wanted = release_checksums(release)
        id_ = release.inventory.id
        if not (folder := self._run(scripts.PREPARE, id_).strip()):
            return
        try:
            self._shell.copy(
                release.folder, f"releases/{folder}",
                "--recursive", "--checksum", "--delete", "--link-dest=../../current", "--perms", "--chmod=D755,F644",
                "--compress",
            )  # fmt: skip
        except RemoteCommandError as error:
            self._raise_target_error(error, id_)
        left = "".join(f"{path}\n" for path in carried_over(self.live(), release.inventory))
        self._run(scripts.INHERIT, folder, text=left)
        self._run(scripts.FINISH, id_, folder, text=to_sha256sum(wanted), release=id_)

    def switch(self, release: str) -> None:
        """Replace the link ``current`` by one rename, and run the reload command. See ``Target``."""
        if not is_id(release):
            raise not_kept_error(release, self.name)
        self._run(scripts.SWITCH, release, release=release)
        if self._reload:
            try:
                self._shell.run(scripts.RELOAD, self._reload)
            except RemoteCommandError as error:
                raise TargetError(
                    f"{self.name}: readers see the release {release}, but `{self._reload}` failed there with status "
                    f"{error.status} ({error.error_lines or 'it says nothing'}). Run it there by hand.",
                ) from error

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Delete old releases and what interrupted runs left. See ``Target``."""
        self._run(scripts.TIDY, *releases_to_delete(self.kept(), keep, unwanted, self.inventory))

    def _run(self, script: str, *arguments: str, text: str = "", release: str = "") -> str:
        try:
            return self._shell.run(script, *arguments, text=text)
        except RemoteCommandError as error:
            self._raise_target_error(error, release)

    def _ask(self, script: str, *arguments: str, release: str = "") -> str:
        try:
            return self._shell.ask(script, *arguments)
        except RemoteCommandError as error:
            self._raise_target_error(error, release)

    def _raise_target_error(self, error: RemoteCommandError, release: str = "") -> NoReturn:
        """Raise the ``TargetError`` for the exit status of a script."""
        printed = error.error_lines or "it says nothing"
        match error.status:
            case scripts.Status.NOT_KEPT:
                raise not_kept_error(release, self.name) from None
            case scripts.Status.DAMAGED:
                raise TargetError(
                    f"{self.name}: the release {release} is not whole there ({printed}). Readers see what they saw "
                    "before. Publish it again, or choose another.",
                ) from None
            case scripts.Status.LOCKED:
                raise TargetError(
                    f"{self.name}: {printed or 'somebody else'} is publishing there. Wait until that has ended, "
                    "then try again. If it died with its computer, end the process there, or wait until its connection "
                    "ends.",
                ) from None
            case scripts.Status.LACKING:
                raise TargetError(
                    f"{self.name}: the host has no `{printed}`. Install it there, then try again."
                ) from None
            case scripts.Status.IN_THE_WAY:
                raise TargetError(
                    f"{self.name}/current is there and is no link to a release, so it was not made by publishing. "
                    "Move it away, or publish to another folder.",
                ) from None
            case scripts.Status.NOT_OURS:
                raise refusal(self.name, printed.splitlines(), f"{self._place}/{MARK} there") from None
        raise TargetError(
            f"{self.name}: the host refused ({printed}; status {error.status}). What readers see is whole. "
            "See that the disk there has room and that you may write there, then try again.",
        ) from error
