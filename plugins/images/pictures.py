"""Pictures: measures the picture files that live beside the entries, and names what the site makes of them."""

from __future__ import annotations

import hashlib
import posixpath
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from plugins.content_model.views import Picture, PictureSource, Rendition
from plugins.images.encoding import BROKEN, MEDIA_TYPES, RECIPE, height, is_see_through, is_turned, suffixes, widths

#: Formats that are read, by the name that Pillow gives them. Telephones write several pictures in one JPEG: MPO.
FORMATS = {"JPEG", "MPO", "PNG", "WEBP", "AVIF", "GIF"}
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"}
#: The most that is decoded, in points: a camera's best picture fits, a file made to fill the memory does not.
LARGEST = 80_000_000
#: Enough of a hash that two pictures never share a name.
_HASH_CHARACTERS = 10


class PictureError(ValueError):
    """The file is not a picture that the site can show."""


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
        if posixpath.splitext(path)[1].lower() in SUFFIXES and not posixpath.basename(path).startswith(".")
    )


def key_of(data: bytes) -> str:
    """Return the key of what is made from the picture file ``data``: it changes with the file and with the recipe."""
    return hashlib.sha256(RECIPE.encode() + b"\0" + data).hexdigest()


def measure(content: Path, path: str) -> PictureFile:
    """Read the head of the picture ``path`` of the folder ``content``.

    The addresses of its files hold a hash of its bytes and of the recipe, so that browsers may keep them for good.

    Raises:
        PictureError: when it is not a picture that the site can show.
    """
    file = content / path
    data = file.read_bytes()
    size, see_through = _head(file, path)
    key = key_of(data)
    # Nothing of the file's name: it may say more than the picture does, and every page pays for its letters.
    stem = f"/images/{key[:_HASH_CHARACTERS]}"
    sources = tuple(
        PictureSource(
            MEDIA_TYPES[suffix], tuple(Rendition(f"{stem}-{width}.{suffix}", width) for width in widths(size[0]))
        )
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


def _head(file: Path, path: str) -> tuple[tuple[int, int], bool]:
    """Return width and height as a reader sees them, and whether the picture is see-through."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged below
        try:
            with Image.open(file) as image:
                form, moving = image.format or "", getattr(image, "is_animated", False)
                size = (image.height, image.width) if is_turned(image) else image.size
                see_through = is_see_through(image)
        except Image.DecompressionBombError as error:
            raise PictureError(_too_large(path)) from error
        except BROKEN as error:
            raise PictureError(f"`{path}` cannot be read as a picture") from error
    if form not in FORMATS:
        raise PictureError(f"`{path}` is a {form} file, which not every browser shows")
    if moving and form != "MPO":
        raise PictureError(f"`{path}` moves, and a reader could not stop it")
    if size[0] * size[1] > LARGEST:
        raise PictureError(_too_large(path))
    return size, see_through


def _too_large(path: str) -> str:
    return f"`{path}` has more than {LARGEST // 1_000_000} million points"
