"""Check that a build may write to the output folder."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Collection
from pathlib import Path

from plugins.base.errors import UserError
from plugins.engine.output_index import MANIFEST, FileRecord, beside

#: The list of files that earlier versions wrote into the output folder itself.
_EARLIER_MANIFEST = ".build-manifest.json"


class OutputFolderError(UserError):
    """The output folder may not be written; the message says why and what to do."""


def refuse_foreign(output: Path, *, content: Path, keep: Collection[str] = (), is_ours: bool = False) -> None:
    """Check that a build may write to ``output``.

    Args:
        output: the output folder; it may be missing.
        content: the content folder.
        keep: names in the output folder that builds leave alone (``OUTPUT_RETENTION``).
        is_ours: True when it is known that a build filled it (``OutputIndex.is_ours``).

    Raises:
        OutputFolderError: when it has files that no build wrote, is a file or a mount point, or overlaps ``content``.
    """
    real, inside = output.resolve(), content.resolve()
    if real == inside or real in inside.parents:
        raise OutputFolderError(f"the output folder {output} holds the content folder; choose another with  -o FOLDER")
    if inside in real.parents:
        raise OutputFolderError(
            f"the output folder {output} lies inside the content folder; choose another with  -o FOLDER"
        )
    if output.exists() and not output.is_dir():
        raise OutputFolderError(f"{output} is a file; choose a folder with  -o FOLDER")
    if output.is_mount():
        raise OutputFolderError(
            f"the folder {output} is a disk of its own, and a build moves files into it from beside it; "
            f"choose a folder in it:  -o {output / 'site'}"
        )
    if output.is_dir():
        foreign = sorted(item.name for item in output.iterdir() if item.name not in keep)
        if foreign and not is_ours and not _is_ours(output):
            raise OutputFolderError(
                f"the folder {output} holds files that this tool did not make (such as {foreign[0]}), "
                "which a build would delete; empty it, or choose another with  -o FOLDER",
            )


def _is_ours(output: Path) -> bool:
    """Return whether a build filled ``output``.

    A manifest beside it is no proof, because a person may have deleted the folder and made another of that name. One
    file must match the manifest. A manifest that is empty or damaged comes from a build that was killed or from a disk
    failure, so it counts as proof: beside a folder of other origin it would be complete or missing.
    """
    try:
        data = (beside(output) / MANIFEST).read_bytes()
    except OSError:
        return (output / _EARLIER_MANIFEST).is_file()
    try:
        listed = {path: FileRecord(file["sha256"], file["bytes"]) for path, file in json.loads(data)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return True
    return not listed or any(holds(output / path, record) for path, record in listed.items())


def holds(file: Path | str, record: FileRecord) -> bool:
    """Return whether ``file`` is a plain file with the size and hash of ``record``; read only if the size matches."""
    try:
        found = os.lstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size != record.size:
            return False
        return hashlib.sha256(Path(file).read_bytes()).hexdigest() == record.sha256
    except (OSError, ValueError):
        return False
