"""Measure the picture files of entries, and determine the addresses of their encoded files."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from plugins.base.files import PICTURE_EXTENSIONS, FileChangedError, read_file
from plugins.base.fingerprint import FILE_HASH_LENGTH
from plugins.base.media_types import TYPES
from plugins.base.picture_files import MAX_SOURCE_PIXELS
from plugins.images.renditions import RECIPE, height, suffixes, widths
from plugins.images.unsupported_formats import HEAD, format_of
from plugins.views.views import Picture, PictureSource, Rendition

#: The most bytes that are read: twice what a camera writes for so many pixels.
MAX_SOURCE_BYTES = 100_000_000
#: The most scans of a progressive JPEG. Programs write ten, and each takes as long to decode as a whole picture.
MAX_PASSES = 100
#: The most pixels in all scans together: twice what programs write for the largest picture.
MAX_PIXELS_OF_PASSES = 20 * MAX_SOURCE_PIXELS
_AGAIN = "open it in a program that shows pictures, and save it again as JPEG or PNG"
_CUT = "cut it into parts, one below the other"
_SMALLER = "make it smaller in a program that shows pictures: 2,400 points are wide enough for any screen"


class DamagedError(ValueError):
    """The picture is truncated or invalid."""


class TooManyPixelsError(DamagedError):
    """The picture has more pixels than Pillow reads."""


class PictureError(ValueError):
    """The file is not a picture that the site can show.

    Args:
        message: what is wrong, without a full stop.
        hint: how to correct it.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class PictureFile(Struct, frozen=True):
    """A picture file and its encoded files.

    Attributes:
        path: relative to the content folder, with forward slashes.
        file: the file on disk.
        key: cache key, which depends on all inputs of the encoded files.
        picture: for templates, without ``length`` and without the alternative text, which depends on the entry.
        files: names of the encoded files in the cache, by address.
    """

    path: str
    file: Path
    key: str
    picture: Picture
    files: dict[str, str]


def find(paths: Iterable[str]) -> list[str]:
    """Return the picture files among ``paths``, sorted."""
    return sorted(
        path
        for path in paths
        if path.lower().endswith(PICTURE_EXTENSIONS) and not posixpath.basename(path).startswith(".")
    )


def key_of(data: bytes) -> str:
    """Return the cache key of the picture file ``data``, which depends on its bytes and on ``RECIPE``."""
    return hashlib.sha256(RECIPE.encode() + b"\0" + data).hexdigest()


def check_length(file: Path, path: str) -> None:
    """Check the length of the picture ``path`` before it is read.

    Raises:
        PictureError: when it is too long.
        OSError: when there is no such file.
    """
    if file.stat().st_size > MAX_SOURCE_BYTES:
        raise PictureError(f"`{path}` has more than {MAX_SOURCE_BYTES // 1_000_000} million bytes", _SMALLER)


def measure(content: Path, path: str, read: Callable[[], bytes]) -> PictureFile:
    """Read the header of the picture ``path`` in the folder ``content``, whose bytes ``read`` returns.

    The addresses of the encoded files contain a hash of its bytes and of ``RECIPE``, so that browsers can cache them
    permanently.

    Raises:
        PictureError: when it is not a picture that the site can show.
    """
    data = read()
    size, transparent = _head(data, path)
    key = key_of(data)
    # The file name may disclose more than the picture, and would make every page larger.
    stem = f"/images/{key[:FILE_HASH_LENGTH]}"
    file_widths = widths(size, transparent=transparent)
    sources = tuple(
        PictureSource(TYPES[f".{suffix}"], tuple(Rendition(f"{stem}-{width}.{suffix}", width) for width in file_widths))
        for suffix in suffixes(transparent=transparent)
    )
    largest = sources[-1].renditions[-1]
    picture = Picture(
        largest.src,
        largest.width,
        height(largest.width, size),
        "",
        media_type=sources[-1].media_type,
        sources=sources,
    )
    addresses = (rendition.src for source in sources for rendition in source.renditions)
    return PictureFile(path, content / path, key, picture, {src: src.removeprefix(f"{stem}-") for src in addresses})


def encode_file(found: PictureFile) -> dict[str, bytes]:
    """Return the encoded files of a measured picture; takes seconds.

    Raises:
        DamagedError: when the picture is damaged.
        FileChangedError: when the file has changed since it was measured.
    """
    from plugins.images.encoding import encode  # noqa: PLC0415 - as in ``_head``

    try:
        data = read_file(found.file)
    except OSError:
        data = b""
    if key_of(data) != found.key:
        raise FileChangedError(f"{found.path} changed while the site was being built; build it again")
    return encode(data)


def refusal(file: Path, path: str) -> PictureError:
    """Return the error for a file that has not the name of a picture.

    Raises:
        OSError: when the file cannot be read.
    """
    with file.open("rb") as opened:
        return _unknown(opened.read(HEAD), path)


def _unknown(head: bytes, path: str) -> PictureError:
    file_format = format_of(head)
    is_named = path.lower().endswith(PICTURE_EXTENSIONS)
    if file_format is None:
        what = "cannot be read as a picture" if is_named else "is not a picture that the site can show"
        return PictureError(f"`{path}` {what}", _AGAIN)
    more = ", with the name of a picture" if is_named else ", which is not a picture that the site can show"
    return PictureError(f"`{path}` is {file_format.words}{more if file_format.is_other else ''}", file_format.hint)


def _head(data: bytes, path: str) -> tuple[tuple[int, int], bool]:
    """Return width and height with the orientation applied, and whether the picture may be transparent."""
    # Imported here because most builds measure no picture, and Pillow takes 10 ms.
    from plugins.images.encoding import read_header  # noqa: PLC0415

    try:
        header = read_header(data)
    except TooManyPixelsError as error:
        raise _too_large(path) from error
    except DamagedError as error:
        raise _unknown(data[:HEAD], path) from error
    size, transparent, form = header.size, header.is_transparent, header.form
    # Phones write several pictures in one file (MPO).
    if header.is_animated and form != "MPO":
        hint = "save one still picture of it"
        raise PictureError(f"`{path}` moves, and a reader could not stop it", hint)
    if size[0] * size[1] > MAX_SOURCE_PIXELS:
        raise _too_large(path)
    passes = min(MAX_PASSES, MAX_PIXELS_OF_PASSES // (size[0] * size[1]))
    if form in {"JPEG", "MPO"} and data.count(b"\xff\xda") > passes:
        raise PictureError(f"`{path}` is sent in more than {passes} passes, which takes minutes to read", _AGAIN)
    if not widths(size, transparent=transparent):
        raise PictureError(f"`{path}` is {size[1]:,} points high and {size[0]:,} wide, which no screen can show", _CUT)
    return size, transparent


def _too_large(path: str) -> PictureError:
    return PictureError(f"`{path}` has more than {MAX_SOURCE_PIXELS // 1_000_000} million points", _SMALLER)
