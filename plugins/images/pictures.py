"""Pictures: measures the picture files that live beside the entries, and names what the site makes of them."""

from __future__ import annotations

import hashlib
import io
import posixpath
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from plugins.base.files import PICTURE_EXTENSIONS, FileChangedError, read_file
from plugins.base.media_types import TYPES
from plugins.images.encoding import (
    FORMATS,
    RECIPE,
    DamagedError,
    encode,
    height,
    is_see_through,
    is_turned,
    reading,
    suffixes,
    widths,
)
from plugins.images.formats import HEAD, format_of
from plugins.views.views import Picture, PictureSource, Rendition

#: The most that is decoded, in points: a camera's best picture fits, a file made to fill the memory does not.
LARGEST = 80_000_000
#: The most that is read, in bytes: twice what a camera writes for so many points.
HEAVIEST = 100_000_000
#: The most passes in which a JPEG may be sent. Programs write ten; each is decoded as if it were a whole picture.
MOST_PASSES = 100
#: The most points that are decoded in all passes together: twice what programs write for the largest picture.
MOST_PASSED = 20 * LARGEST
#: Enough of a hash that two pictures never share a name.
_HASH_CHARACTERS = 10
_AGAIN = "open it in a program that shows pictures, and save it again as JPEG or PNG"
_CUT = "cut it into parts, one below the other"
_SMALLER = "make it smaller in a program that shows pictures: 2,400 points are wide enough for any screen"


class PictureError(ValueError):
    """The file is not a picture that the site can show.

    Args:
        message: what is wrong, a whole sentence without a full stop.
        hint: what to do about it.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture file and the picture that the site makes of it.

    Attributes:
        path: relative to the content folder, with forward slashes.
        file: where it is.
        key: says all that the files of the picture are made from.
        picture: as templates see it, without alt text (that belongs to the entry that uses it) and length.
        files: the name of each file among those of the picture, by its address.
    """

    path: str
    file: Path
    key: str
    picture: Picture
    files: dict[str, str]


def find(paths: Iterable[str]) -> list[str]:
    """Return the picture files among ``paths``, in order."""
    return sorted(
        path
        for path in paths
        if path.lower().endswith(PICTURE_EXTENSIONS) and not posixpath.basename(path).startswith(".")
    )


def key_of(data: bytes) -> str:
    """Return the key of what is made from the picture file ``data``: it changes with the file and with the recipe."""
    return hashlib.sha256(RECIPE.encode() + b"\0" + data).hexdigest()


def measure(content: Path, path: str) -> PictureFile:
    """Read the head of the picture ``path`` of the folder ``content``.

    The addresses of its files hold a hash of its bytes and of the recipe, so that browsers may keep them for good.

    Raises:
        PictureError: when it is not a picture that the site can show.
        OSError: when the file cannot be read.
    """
    file = content / path
    if file.stat().st_size > HEAVIEST:
        raise PictureError(f"`{path}` has more than {HEAVIEST // 1_000_000} million bytes", _SMALLER)
    data = read_file(file)
    size, see_through = _head(data, path)
    key = key_of(data)
    # Nothing of the file's name: it may say more than the picture does, and every page pays for its letters.
    stem = f"/images/{key[:_HASH_CHARACTERS]}"
    wanted = widths(size, see_through=see_through)
    sources = tuple(
        PictureSource(TYPES[f".{suffix}"], tuple(Rendition(f"{stem}-{width}.{suffix}", width) for width in wanted))
        for suffix in suffixes(see_through=see_through)
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
    return PictureFile(path, file, key, picture, {src: src.removeprefix(f"{stem}-") for src in addresses})


def encoded(found: PictureFile) -> dict[str, bytes]:
    """Return the files of a picture that was measured; takes seconds.

    Raises:
        DamagedError: when the picture is damaged.
        FileChangedError: when it is not what was measured any more.
    """
    try:
        data = read_file(found.file)
    except OSError:
        data = b""
    if key_of(data) != found.key:
        raise FileChangedError(f"{found.path} changed while the site was being built; build it again")
    return encode(data)


def refusal(file: Path, path: str) -> PictureError:
    """Return why the site shows no picture of the file ``path``, which is none by its name.

    Raises:
        OSError: when the file cannot be read.
    """
    with file.open("rb") as opened:
        return _unknown(opened.read(HEAD), path)


def _unknown(head: bytes, path: str) -> PictureError:
    known = format_of(head)
    is_named = path.lower().endswith(PICTURE_EXTENSIONS)
    if known is None:
        what = "cannot be read as a picture" if is_named else "is not a picture that the site can show"
        return PictureError(f"`{path}` {what}", _AGAIN)
    more = ", with the name of a picture" if is_named else ", which is not a picture that the site can show"
    return PictureError(f"`{path}` is {known.words}{more if known.is_other else ''}", known.hint)


def _head(data: bytes, path: str) -> tuple[tuple[int, int], bool]:
    """Return width and height as a reader sees them, and whether the picture is see-through."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged below
        try:
            with reading(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
                form, moving = image.format or "", getattr(image, "is_animated", False)
                size = (image.height, image.width) if is_turned(image) else image.size
                see_through = is_see_through(image)
        except DamagedError as error:
            if isinstance(error.__cause__, Image.DecompressionBombError):
                raise _too_large(path) from error
            raise _unknown(data[:HEAD], path) from error
    # Telephones write several pictures in one JPEG: MPO.
    if moving and form != "MPO":
        hint = "save one still picture of it"
        raise PictureError(f"`{path}` moves, and a reader could not stop it", hint)
    if size[0] * size[1] > LARGEST:
        raise _too_large(path)
    passes = min(MOST_PASSES, MOST_PASSED // (size[0] * size[1]))
    if form in {"JPEG", "MPO"} and data.count(b"\xff\xda") > passes:
        raise PictureError(f"`{path}` is sent in more than {passes} passes, which takes minutes to read", _AGAIN)
    if not widths(size, see_through=see_through):
        raise PictureError(f"`{path}` is {size[1]:,} points high and {size[0]:,} wide, which no screen can show", _CUT)
    return size, see_through


def _too_large(path: str) -> PictureError:
    return PictureError(f"`{path}` has more than {LARGEST // 1_000_000} million points", _SMALLER)
