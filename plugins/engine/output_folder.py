"""The output folder: whether it is ours to write."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Collection
from pathlib import Path

from plugins.base.errors import UserError
from plugins.engine.output_index import MANIFEST, FileRecord, beside

#: What earlier versions left in the folder itself, to say that it is ours.
_EARLIER = ".build-manifest.json"


class OutputFolderError(UserError):
    """The output folder may not be written; the message says why and how to mend it."""


def refuse_foreign(output: Path, *, content: Path, keep: Collection[str] = ()) -> None:
    """Check that ``output`` is ours to write.

    Raises:
        OutputFolderError: when it is not.
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
        if foreign and not _is_ours(output):
            raise OutputFolderError(
                f"the folder {output} holds files that this tool did not make (such as {foreign[0]}), "
                "which a build would delete; empty it, or choose another with  -o FOLDER",
            )


def _is_ours(output: Path) -> bool:
    """Tell whether a build of ours filled ``output``.

    That a list of its files stands beside it is not enough: somebody may have deleted the folder, and made another of
    that name. One file must be as it is listed. A list without files, or a damaged one, is left by a build that was
    stopped, or a disk that failed: a folder that somebody else made would have a whole one beside it, or none.
    """
    try:
        data = (beside(output) / MANIFEST).read_bytes()
    except OSError:
        return (output / _EARLIER).is_file()
    try:
        listed = {path: FileRecord(file["sha256"], file["bytes"]) for path, file in json.loads(data)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return True
    return not listed or any(holds(output / path, standing) for path, standing in listed.items())


def holds(file: Path, standing: FileRecord) -> bool:
    """Tell whether ``file`` is there, no link, and ``standing``; it is read only where it is as long."""
    try:
        found = file.lstat()
        return (
            stat.S_ISREG(found.st_mode)
            and found.st_size == standing.size
            and hashlib.sha256(file.read_bytes()).hexdigest() == standing.sha256
        )
    except (OSError, ValueError):
        return False
