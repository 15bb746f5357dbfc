"""The output folder: whether it is ours to write."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from plugins.content_model.failure import MendableError
from plugins.content_model.ledger import MANIFEST


class OutputFolderError(MendableError):
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
    if output.is_dir() and not (output / MANIFEST).is_file():
        foreign = sorted(item.name for item in output.iterdir() if item.name not in keep)
        if foreign:
            raise OutputFolderError(
                f"the folder {output} holds files that this tool did not make (such as {foreign[0]}), "
                "which a build would delete; empty it, or choose another with  -o FOLDER",
            )
