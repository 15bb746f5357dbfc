"""Look up the file of an entry by the path in a request, and refuse every path outside the content folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plugins.base.files import is_ignored, is_markdown
from plugins.content_model.entry import Entry
from plugins.content_model.loader import KINDS


class NoPlaceError(LookupError):
    """There is no such entry, or nobody may have it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is.

    Attributes:
        path: relative to the content folder, with forward slashes.
        file: the file itself.
        kind: what it holds.
    """

    path: str
    file: Path
    kind: type[Entry]


def find(content: Path, path: str) -> Place:
    """Return the place of the entry ``path``.

    Raises:
        NoPlaceError: where there is none, it lies elsewhere, or a link leads there.
    """
    kind = KINDS.get(path.partition("/")[0])
    if kind is None or not is_markdown(path) or not _is_plain(path):
        raise NoPlaceError(path)
    return Place(path, _inside(content, path), kind)


def beside(place: Place, content: Path, name: str) -> Path:
    """Return the file ``name`` in the folder of the entry at ``place``, or below it.

    Raises:
        NoPlaceError: where there is none, or it lies elsewhere.
    """
    if not _is_plain(name):
        raise NoPlaceError(name)
    folder = PurePosixPath(place.path).parent
    return _inside(content, f"{folder}/{name}")


def own_files(path: str) -> str:
    """Return what belongs to the entry ``path`` alone: its folder, or the file where others lie beside it."""
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
        raise NoPlaceError(path) from error
    # A link is followed only to a file that is in the content, too.
    if not file.is_relative_to(root) or not file.is_file():
        raise NoPlaceError(path)
    return file
