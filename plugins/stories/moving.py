"""Move files to a folder that only their owner can read."""

from __future__ import annotations

import contextlib
import errno
import shutil
from pathlib import Path

from plugins.base import private_files


def move(source: Path, target: Path) -> None:
    """Move ``source``, if it exists, into the private folder of ``target``. One of the two is complete at any time.

    Raises:
        OSError: if it cannot be moved.
    """
    if not source.exists():
        return
    private_files.make_folder(target.parent)
    # A file of another user keeps its mode. The folder that it goes to is private.
    with contextlib.suppress(OSError):
        source.chmod(0o600)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # On another disk, the copy is complete before the original is deleted.
        half = target.with_name(f".{target.name}.new")
        shutil.copy2(source, half)
        half.replace(target)
        source.unlink()
