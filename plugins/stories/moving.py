"""Move files to where nobody but their owner may read them."""

from __future__ import annotations

import contextlib
import errno
import shutil
from pathlib import Path

from plugins.base import private_files


def move(source: Path, target: Path) -> None:
    """Move ``source``, if it is there, to ``target``, in a folder for its owner alone; one of them is always whole.

    Raises:
        OSError: when it cannot be moved.
    """
    if not source.exists():
        return
    private_files.make_folder(target.parent)
    # A file of somebody else, in a folder for several people, keeps its mode: the folder that it goes to is closed.
    with contextlib.suppress(OSError):
        source.chmod(0o600)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # Another disk: whole at its new place before it goes from the old one.
        half = target.with_name(f".{target.name}.new")
        shutil.copy2(source, half)
        half.replace(target)
        source.unlink()
