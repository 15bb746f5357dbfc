"""Write a file atomically: readers see the old bytes or the new ones, never a part."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from glob import escape
from pathlib import Path

from blinker import Signal

from plugins.base import private_files
from plugins.base.errors import attach_path

#: Sent after a command wrote a file or a folder, with its path.
written = Signal("written")


def replace_bytes(file: Path, data: bytes, *, is_private: bool = False) -> None:
    """Write ``data`` to ``file`` atomically. Missing folders are created. A failure leaves the file unchanged.

    A symbolic link stays a link: its target is replaced.

    Args:
        file: path of the file.
        data: the new bytes.
        is_private: True gives the file and its folder to the owner alone (mode 0600 and 0700).

    Raises:
        OSError: when the folder cannot be written.
    """
    real = file.resolve()
    with attach_path(file), no_empty_folders(real.parent):
        _replace(real, data, is_private=is_private)
    written.send(file)
    # A killed run leaves its temporary file.
    for left_behind in real.parent.glob(f".{escape(real.name)}.*.new"):
        with contextlib.suppress(OSError):
            left_behind.unlink()


@contextlib.contextmanager
def no_empty_folders(folder: Path) -> Iterator[None]:
    """Remove ``folder`` and those of its parents that did not exist before, unless the block put something in them."""
    missing = [path for path in (folder, *folder.absolute().parents) if not path.exists()]
    try:
        yield
    finally:
        for path in missing:
            # rmdir() fails for a folder that holds something.
            with contextlib.suppress(OSError):
                path.rmdir()


def _replace(real: Path, data: bytes, *, is_private: bool) -> None:
    if is_private:
        private_files.make_folder(real.parent)
    else:
        real.parent.mkdir(parents=True, exist_ok=True)
    # The leading dot keeps a leftover temporary file from being read as content.
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".new", dir=real.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if not is_private and real.exists():
            shutil.copymode(real, staged)
        elif not is_private:
            # mkstemp() makes files with mode 0600. Everybody who works on the content needs to read it.
            staged.chmod(0o644)
        staged.replace(real)
    finally:
        staged.unlink(missing_ok=True)
