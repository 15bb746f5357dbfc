"""SSH: publishes to a folder of another computer, by the system's ssh and rsync.

The folder is laid out as in ``folder.py``. The host needs a POSIX shell, rsync, flock, and the coreutils of GNU or
BusyBox.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import NoReturn

from plugins.publishing.release.carry_over import inherited
from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.targets import scripts
from plugins.publishing.targets.checksums import sums, to_text
from plugins.publishing.targets.claim import FOLDER_TEXT, MARK, refusal
from plugins.publishing.targets.lock_owner import at, owner
from plugins.publishing.targets.retention import in_order, inventory_of, is_id, leaving, not_kept
from plugins.publishing.targets.shell import Host, Refused, Shell
from plugins.publishing.targets.target import Kept, TargetError


class SshTarget:
    """A folder of another computer; see ``Target``.

    A file that the live release already holds stays the same file (a hard link), with its time, and is not sent again.
    The lock is held by a process there that ends with the connection, so a run that dies lets go of it.

    Args:
        host: the computer.
        place: the folder there; relative to the user's home, or absolute.
        reload: a command that is run there after each switch; "" for none.
    """

    follows_rules = True

    def __init__(self, host: Host, place: str, reload: str = "") -> None:
        self.name = f"{host.address}:{place}"
        self.adopted = False
        self._place = place
        self._shell = Shell(host, place)
        self._reload = reload

    def reading(self) -> AbstractContextManager[None]:
        """Look without changing anything. See ``Target``."""
        return self._open(scripts.READ)

    def locked(self) -> AbstractContextManager[None]:
        """Keep others from publishing there. See ``Target``."""
        return self._open(scripts.LOCK, f"{owner()}, since {at(time.time())},", FOLDER_TEXT)

    @contextlib.contextmanager
    def _open(self, script: str, *arguments: str) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            try:
                says = stack.enter_context(self._shell.open(script, *arguments))
            except Refused as refused:
                self._tell(refused)
            self.adopted = says == "adopted" or self.adopted
            yield

    def live(self) -> Inventory | None:
        """Return what readers see. See ``Target``."""
        link, _, text = self._ask(scripts.LIVE).partition("\n")
        return inventory_of(PurePosixPath(link).name, text, self.name) if link else None

    def kept(self) -> Sequence[Kept]:
        """Return the releases that are kept. See ``Target``."""
        link, *records = self._ask(scripts.KEPT).splitlines() or [""]
        found = [record.removesuffix(".sha256").rpartition(" ") for record in records]
        live = PurePosixPath(link).name
        pairs = [(name.removesuffix(".sha256"), when) for name, _, when in found]
        return in_order([Kept(name, float(when), name == live) for name, when in pairs if is_id(name)])

    def inventory(self, release: str) -> Inventory:
        """Return what is in a kept release. See ``Target``."""
        if not is_id(release):
            raise not_kept(release, self.name)
        return inventory_of(release, self._ask(scripts.INVENTORY, release, release=release), self.name)

    def send(self, release: Release) -> None:
        """Bring ``release`` beside the live one, whole or not at all. See ``Target``."""
        wanted = sums(release)
        id_ = release.inventory.id
        if not (folder := self._run(scripts.PREPARE, id_).strip()):
            return
        try:
            self._shell.copy(
                release.folder, f"releases/{folder}",
                "--recursive", "--checksum", "--delete", "--link-dest=../../current", "--perms", "--chmod=D755,F644",
                "--compress",
            )  # fmt: skip
        except Refused as refused:
            self._tell(refused, id_)
        left = "".join(f"{path}\n" for path in inherited(self.live(), release.inventory))
        self._run(scripts.INHERIT, folder, text=left)
        self._run(scripts.FINISH, id_, folder, text=to_text(wanted), release=id_)

    def switch(self, release: str) -> None:
        """Let ``current`` lead to a kept release, by one rename, and run the command for that. See ``Target``."""
        if not is_id(release):
            raise not_kept(release, self.name)
        self._run(scripts.SWITCH, release, release=release)
        if self._reload:
            try:
                self._shell.run(scripts.RELOAD, self._reload)
            except Refused as refused:
                raise TargetError(
                    f"{self.name}: readers see the release {release}, but `{self._reload}` failed there with status "
                    f"{refused.status} ({refused.words or 'it says nothing'}). Run it there by hand.",
                ) from refused

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Take away what nobody needs. See ``Target``."""
        self._run(scripts.TIDY, *leaving(self.kept(), keep, unwanted, self.inventory))

    def _run(self, script: str, *arguments: str, text: str = "", release: str = "") -> str:
        try:
            return self._shell.run(script, *arguments, text=text)
        except Refused as refused:
            self._tell(refused, release)

    def _ask(self, script: str, *arguments: str, release: str = "") -> str:
        try:
            return self._shell.ask(script, *arguments)
        except Refused as refused:
            self._tell(refused, release)

    def _tell(self, refused: Refused, release: str = "") -> NoReturn:
        """Say in words what the host refused."""
        says = refused.words or "it says nothing"
        match refused.status:
            case scripts.Status.NOT_KEPT:
                raise not_kept(release, self.name) from None
            case scripts.Status.DAMAGED:
                raise TargetError(
                    f"{self.name}: the release {release} is not whole there ({says}). Readers see what they saw "
                    "before. Publish it again, or choose another.",
                ) from None
            case scripts.Status.LOCKED:
                raise TargetError(
                    f"{self.name}: {says or 'somebody else'} is publishing there. Wait until that has ended, then try "
                    "again. If it died with its computer, end the process there, or wait until its connection ends.",
                ) from None
            case scripts.Status.LACKING:
                raise TargetError(f"{self.name}: the host has no `{says}`. Install it there, then try again.") from None
            case scripts.Status.IN_THE_WAY:
                raise TargetError(
                    f"{self.name}/current is there and is no link to a release, so it was not made by publishing. "
                    "Move it away, or publish to another folder.",
                ) from None
            case scripts.Status.NOT_OURS:
                raise refusal(self.name, says.splitlines(), f"{self._place}/{MARK} there") from None
        raise TargetError(
            f"{self.name}: the host refused ({says}; status {refused.status}). What readers see is whole. "
            "See that the disk there has room and that you may write there, then try again.",
        ) from refused
