"""SSH: publishes to a folder of another computer, by the system's ssh and rsync.

The folder is laid out as in ``folder.py``. The host needs a POSIX shell, rsync, flock, and the coreutils of GNU or
BusyBox. All scripts find the place as `$1`.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from enum import IntEnum
from pathlib import PurePosixPath
from typing import NoReturn

from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.release.succession import inherited
from plugins.publishing.targets.keeping import in_order, inventory_of, is_id, leaving, not_kept
from plugins.publishing.targets.owner import at, owner
from plugins.publishing.targets.shell import Host, Refused, Shell
from plugins.publishing.targets.sums import sums, to_text
from plugins.publishing.targets.target import Kept, TargetError


class _Status(IntEnum):
    """What a script ends with."""

    NOT_KEPT = 20
    DAMAGED = 21
    LOCKED = 22
    LACKING = 23
    IN_THE_WAY = 24


#: Reads sums, and ends unless the folder $1 holds those files.
_WHOLE = f"""
export LC_ALL=C
whole() {{
  [ -d "$1" ] || return 1
  wrong=$(cd "$1" && sha256sum -c - 2>&1 | grep -v ': OK$' | head -n 3)
  [ -z "$wrong" ] || {{ printf '%s\\n' "$wrong" >&2; return {_Status.DAMAGED}; }}
}}
"""
#: $2: who this is. Holds the lock until its input ends. Waits for what a run that has died still does.
_LOCK = f"""
mkdir -p "$1/releases" && cd "$1" || exit
for program in rsync flock sha256sum; do
  command -v $program >/dev/null || {{ echo $program >&2; exit {_Status.LACKING}; }}
done
exec 8>>.lock
flock -n 8 || {{ cat .lock >&2; exit {_Status.LOCKED}; }}
printf '%s process %s there,' "$2" $$ >.lock
flock -w 60 .busy true || {{ echo 'a run that was cut off' >&2; exit {_Status.LOCKED}; }}
echo locked
exec cat >/dev/null
"""
_LIVE = f"""
cd "$1" || exit
[ -L current ] || {{ [ ! -e current ] || exit {_Status.IN_THE_WAY}; exit 0; }}
readlink current
exec cat current/_hosts/release.json
"""
_KEPT = """
cd "$1/releases" || exit
readlink ../current || echo
for record in *.sha256; do
  [ ! -d "${record%.sha256}" ] || stat -c '%n %Y' "$record"
done
"""
#: $2: the release.
_INVENTORY = f"""
[ -d "$1/releases/$2" ] || exit {_Status.NOT_KEPT}
exec cat "$1/releases/$2/_hosts/release.json"
"""
#: $2: the release. Prints nothing if it is there and whole, else the folder that is to be filled. No release may get
#: the second of another: servers make ETags of a file's time and size.
_PREPARE = (
    _WHOLE
    + """
cd "$1/releases" || exit
last=$(stat -c %Y ./*.sha256 2>/dev/null | sort -n | tail -n 1)
[ "$(date +%s)" != "$last" ] || sleep 1
if [ -f "$2.sha256" ] && whole "$2" <"$2.sha256" 2>/dev/null; then touch "$2.sha256"; exit; fi
if [ -d "$2" ]; then echo "$2"; else mkdir -p ".new-$2" && echo ".new-$2"; fi
"""
)
#: $2: the folder that was filled. The input: what open pages of the live release may still ask for.
_INHERIT = """
cd "$1" || exit
while IFS= read -r path; do
  [ -f "current/$path" ] || continue
  mkdir -p "releases/$2/$(dirname "$path")" && ln -f "current/$path" "releases/$2/$path" || exit
done
"""
#: $2: the release; $3: the folder that was filled. The input: its sums.
_FINISH = (
    _WHOLE
    + f"""
cd "$1/releases" || exit
cat >.record && whole "$3" <.record || exit {_Status.DAMAGED}
sync
mv -f .record "$2.sha256" || exit
[ "$2" = "$3" ] || mv -T "$3" "$2"
"""
)
#: $2: the release.
_SWITCH = (
    _WHOLE
    + f"""
cd "$1" || exit
[ -d "releases/$2" ] || exit {_Status.NOT_KEPT}
[ -L current ] || [ ! -e current ] || exit {_Status.IN_THE_WAY}
whole "releases/$2" <"releases/$2.sha256" || exit {_Status.DAMAGED}
rm -f .current && ln -s "releases/$2" .current && mv -T .current current
"""
)
#: From $2: the releases that go. Each gets another name first: what is half deleted is never taken for a release.
_TIDY = """
cd "$1/releases" || exit
shift
for release; do mv -T "$release" ".old-$release" || exit; done
rm -rf .old-* .new-* .record ../.current || exit
for record in *.sha256; do
  [ -d "${record%.sha256}" ] || rm -f "$record"
done
"""
_RELOAD = 'exec sh -c "$2"'


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
        self._shell = Shell(host, place)
        self._reload = reload

    def locked(self) -> AbstractContextManager[None]:
        """Keep others from publishing there. See ``Target``."""
        return self._locked()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(self._shell.open(_LOCK, f"{owner()}, since {at(time.time())},"))
            except Refused as refused:
                self._tell(refused)
            yield

    def live(self) -> Inventory | None:
        """Return what readers see. See ``Target``."""
        link, _, text = self._run(_LIVE).partition("\n")
        return inventory_of(PurePosixPath(link).name, text, self.name) if link else None

    def kept(self) -> Sequence[Kept]:
        """Return the releases that are kept. See ``Target``."""
        link, *records = self._run(_KEPT).splitlines()
        found = [record.removesuffix(".sha256").rpartition(" ") for record in records]
        live = PurePosixPath(link).name
        pairs = [(name.removesuffix(".sha256"), when) for name, _, when in found]
        return in_order([Kept(name, float(when), name == live) for name, when in pairs if is_id(name)])

    def inventory(self, release: str) -> Inventory:
        """Return what is in a kept release. See ``Target``."""
        if not is_id(release):
            raise not_kept(release, self.name)
        return inventory_of(release, self._run(_INVENTORY, release, release=release), self.name)

    def send(self, release: Release) -> None:
        """Bring ``release`` beside the live one, whole or not at all. See ``Target``."""
        wanted = sums(release)
        id_ = release.inventory.id
        if not (folder := self._run(_PREPARE, id_).strip()):
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
        self._run(_INHERIT, folder, text=left)
        self._run(_FINISH, id_, folder, text=to_text(wanted), release=id_)

    def switch(self, release: str) -> None:
        """Let ``current`` lead to a kept release, by one rename, and run the command for that. See ``Target``."""
        if not is_id(release):
            raise not_kept(release, self.name)
        self._run(_SWITCH, release, release=release)
        if self._reload:
            try:
                self._shell.run(_RELOAD, self._reload)
            except Refused as refused:
                raise TargetError(
                    f"{self.name}: readers see the release {release}, but `{self._reload}` failed there with status "
                    f"{refused.status} ({refused.words or 'it says nothing'}). Run it there by hand.",
                ) from refused

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Take away what nobody needs. See ``Target``."""
        self._run(_TIDY, *leaving(self.kept(), keep, unwanted, self.inventory))

    def _run(self, script: str, *arguments: str, text: str = "", release: str = "") -> str:
        try:
            return self._shell.run(script, *arguments, text=text)
        except Refused as refused:
            self._tell(refused, release)

    def _tell(self, refused: Refused, release: str = "") -> NoReturn:
        """Say in words what the host refused."""
        says = refused.words or "it says nothing"
        match refused.status:
            case _Status.NOT_KEPT:
                raise not_kept(release, self.name) from None
            case _Status.DAMAGED:
                raise TargetError(
                    f"{self.name}: the release {release} is not whole there ({says}). Readers see what they saw "
                    "before. Publish it again, or choose another.",
                ) from None
            case _Status.LOCKED:
                raise TargetError(
                    f"{self.name}: {says or 'somebody else'} is publishing there. Wait until that has ended, then try "
                    "again. If it died with its computer, end the process there, or wait until its connection ends.",
                ) from None
            case _Status.LACKING:
                raise TargetError(f"{self.name}: the host has no `{says}`. Install it there, then try again.") from None
            case _Status.IN_THE_WAY:
                raise TargetError(
                    f"{self.name}/current is there and is no link, so it was not made by publishing. "
                    "Move it away, or publish to another folder.",
                ) from None
        raise TargetError(
            f"{self.name}: the host refused ({says}; status {refused.status}). What readers see is whole. "
            "See that the disk there has room and that you may write there, then try again.",
        ) from refused
