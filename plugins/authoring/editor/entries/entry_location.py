"""Look up the file of an entry by the path in a request, and refuse every path outside the content folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from msgspec import Struct

from plugins.base.files import is_ignored, is_markdown
from plugins.content_model.entry import Entry
from plugins.content_model.loader import KINDS


class EntryNotFoundError(LookupError):
    """There is no such entry, or it must not be served."""


class EntryLocation(Struct, frozen=True):
    """The location of an entry.

    Attributes:
        path: relative to the content folder, with forward slashes.
        file: the file itself.
        kind: its model.
    """

    path: str
    file: Path
    kind: type[Entry]


def find_entry(content: Path, path: str) -> EntryLocation:
    """Return the location of the entry ``path``.

    Raises:
        EntryNotFoundError: if there is none, or it is outside the content folder, also through a link.
    """
    kind = KINDS.get(path.partition("/")[0])
    if kind is None or not is_markdown(path) or not _is_plain(path):
        raise EntryNotFoundError(path)
    return EntryLocation(path, _inside(content, path), kind)


def find_beside(location: EntryLocation, content: Path, name: str) -> Path:
    """Return the file ``name`` in the folder of the entry at ``location``, or below it.

    Raises:
        EntryNotFoundError: if there is none, or it is outside the content folder.
    """
    if not _is_plain(name):
        raise EntryNotFoundError(name)
    folder = PurePosixPath(location.path).parent
    return _inside(content, f"{folder}/{name}")


def own_path(path: str) -> str:
    """Return the path that belongs to the entry alone: its folder, or its file if the folder has other entries."""
    folder, _, name = path.rpartition("/")
    return folder if name.lower() == "index.md" and "/" in folder else path


def _is_plain(path: str) -> bool:
    parts = path.split("/")
    is_odd = "\\" in path or "\0" in path or ":" in path or is_ignored(path)
    return bool(path) and not is_odd and not {"", ".", ".."} & set(parts)


def _inside(content: Path, path: str) -> Path:
    root = content.resolve()
    try:
        file = root.joinpath(path).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise EntryNotFoundError(path) from error
    # Links are followed only within the content folder.
    if not file.is_relative_to(root) or not file.is_file():
        raise EntryNotFoundError(path)
    return file
