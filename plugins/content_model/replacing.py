"""Replacing: puts a new version of a file in place at once, so that no reader ever sees half of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


def replace_bytes(file: Path, data: bytes) -> None:
    """Replace what ``file`` holds by ``data``; a failure leaves the file as it was.

    Raises:
        OSError: when its folder cannot be written.
    """
    real = file.resolve()
    # The dot keeps what a killed run leaves behind from being read as content.
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".new", dir=real.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(real, staged)
        staged.replace(real)
    finally:
        staged.unlink(missing_ok=True)
