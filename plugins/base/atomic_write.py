"""Replacing: puts a new version of a file in place at once, so that no reader ever sees half of it."""

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
from plugins.base.errors import naming

#: A command has written a file or a folder; sent with its path.
written = Signal("written")


def replace_bytes(file: Path, data: bytes, *, is_private: bool = False) -> None:
    """Make ``file`` hold ``data``; a failure leaves it as it was. Its folder is made where it is missing.

    Args:
        file: the file.
        data: its bytes.
        is_private: True lets nobody but its owner read the file and its folder.

    Raises:
        OSError: when its folder cannot be written.
    """
    # A link stays a link: what it leads to is replaced.
    real = file.resolve()
    with naming(file), no_empty_folders(real.parent):
        _replace(real, data, is_private=is_private)
    written.send(file)
    # A run that was killed could not clear up behind itself.
    for left_behind in real.parent.glob(f".{escape(real.name)}.*.new"):
        with contextlib.suppress(OSError):
            left_behind.unlink()


@contextlib.contextmanager
def no_empty_folders(folder: Path) -> Iterator[None]:
    """Take away ``folder`` and those around it where they were missing and nothing has come into them."""
    missing = [one for one in (folder, *folder.absolute().parents) if not one.exists()]
    try:
        yield
    finally:
        for empty in missing:
            # One that holds something stays.
            with contextlib.suppress(OSError):
                empty.rmdir()


def _replace(real: Path, data: bytes, *, is_private: bool) -> None:
    if is_private:
        private_files.make(real.parent)
    else:
        real.parent.mkdir(parents=True, exist_ok=True)
    # The dot keeps what a killed run leaves behind from being read as content.
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
            # A temporary file is for its owner only; content is for everybody who works on it.
            staged.chmod(0o644)
        staged.replace(real)
    finally:
        staged.unlink(missing_ok=True)
