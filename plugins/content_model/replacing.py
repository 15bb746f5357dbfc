"""Replacing: puts a new version of a file in place as a whole, so that a crash leaves the old one or the new one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def replace_bytes(file: Path, data: bytes) -> None:
    """Give ``file`` the content ``data``; who may read it stays as it is. Its folder is made where it is missing."""
    # A link stays a link: what it leads to is replaced.
    file = file.resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    # A name that begins with a dot is no entry and no register; always the same one, so that a crash leaves one at
    # most.
    made = file.with_name(f".{file.name}.new")
    with made.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if file.exists():
        shutil.copymode(file, made)
    made.replace(file)
