"""Mark a folder as a place for releases and lock it, or refuse a folder that holds other files."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from plugins.publishing.release.inventory import PATH
from plugins.publishing.targets.lock_owner import at, owner
from plugins.publishing.targets.retention import inventory_of, is_id
from plugins.publishing.targets.target import TargetError

#: The file that marks and locks a folder. Its last line names the process that publishes.
MARK = ".publishing"
#: The text of the mark.
FOLDER_TEXT = """\
`inv publish` publishes to this folder. It makes, changes and deletes only what is listed here:
  current                  a link to the release that readers see
  releases/ID              a release, where ID is 12 digits and letters from a to f; all that is in it belongs to it
  releases/ID.sha256       the list of its files
  releases/.new-ID, releases/.new-ID.sha256, releases/.old-ID, .publishing-current, .busy     while it works
While somebody publishes, the last line of this file says who.
"""
#: The maximum number of foreign files that a message names.
NAMED = 3


def refusal(name: str, others: Sequence[str], mark: str) -> TargetError:
    """Return the error for a target without a mark that holds other files.

    Args:
        name: the name of the target.
        others: some of the files.
        mark: the full path of the mark.
    """
    return TargetError(
        f"{name} holds other things ({', '.join(others)}), and nothing says that releases belong there. Nothing was "
        "changed. Publish to a place that is empty or not there yet. If releases are to stand beside these things, "
        f"make an empty file {mark} first: publishing then leaves alone whatever it did not make.",
    )


@contextlib.contextmanager
def claimed(place: Path, name: str) -> Iterator[bool]:
    """Mark the folder ``place``, hold its lock, and yield whether it held releases without a mark.

    The operating system releases the lock when the process ends.

    Args:
        place: the folder, which is created if it does not exist.
        name: the name of the target, for messages.

    Raises:
        TargetError: if the folder holds other files and no mark, or another process holds the lock.
        OSError: if the system refuses.
    """
    try:
        import fcntl  # noqa: PLC0415 - Windows does not have it
    except ImportError:
        raise TargetError(
            f"{name}: this system cannot lock folders. Publish from Linux or macOS, or to another place.",
        ) from None
    adopted = _is_adopted(place, name)
    # The mark comes first: a folder that is not empty and has no mark is refused.
    place.mkdir(parents=True, exist_ok=True)
    handle = os.open(place / MARK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _, _, other = os.read(handle, 10_000).decode(errors="replace").rstrip().rpartition("\n")
            raise TargetError(
                f"{name}: {other or 'somebody else'} is publishing there. Wait until that has ended, then try again.",
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{FOLDER_TEXT}{owner()}, since {at(time.time())},\n".encode(), 0)
        (place / "releases").mkdir(exist_ok=True)
        yield adopted
    finally:
        os.close(handle)


def _is_adopted(place: Path, name: str) -> bool:
    """Return whether ``place`` has releases but no mark, as earlier versions left it.

    Raises:
        TargetError: if it has no mark and holds other files.
    """
    try:
        others = sorted(entry.name for entry in os.scandir(place))
    except FileNotFoundError:
        return False
    if not others or MARK in others:
        return False
    if not any(_is_release(folder, name) for folder in place.glob("releases/*")):
        raise refusal(name, others[:NAMED], str(place / MARK))
    return True


def _is_release(folder: Path, name: str) -> bool:
    with contextlib.suppress(OSError, TargetError):
        return is_id(folder.name) and bool(inventory_of(folder.name, (folder / PATH).read_bytes(), name))
    return False
