"""Pictures: measures the picture files that live beside the entries, and names their place in the site."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

from plugins.content_model.loader import files_below
from plugins.content_model.views import Picture

#: What browsers show, by the name that Pillow gives the format.
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif", "GIF": "image/gif"}
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"}
#: Enough of a hash that two pictures never share a name.
_HASH_CHARACTERS = 10


class PictureError(ValueError):
    """The file is not a picture that browsers show."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture file and the picture that the site makes of it.

    Attributes:
        path: relative to the content folder, with forward slashes.
        file: where it is.
        picture: as templates see it, without alt text (that belongs to the entry that uses it).
    """

    path: str
    file: Path
    picture: Picture


def find(content: Path) -> list[str]:
    """Return the picture files below ``content``, relative to it, in order."""
    return sorted(
        path
        for path in files_below(content)
        if posixpath.splitext(path)[1].lower() in SUFFIXES and not posixpath.basename(path).startswith(".")
    )


def measure(content: Path, path: str) -> PictureFile:
    """Read the picture ``path`` of the folder ``content``.

    Its address holds a hash of its bytes, so that hosts may let browsers keep it for good.

    Raises:
        PictureError: when it is not a picture that browsers show.
    """
    file = content / path
    data = file.read_bytes()
    try:
        with Image.open(file) as image:
            width, height, form = image.width, image.height, image.format or ""
    except (UnidentifiedImageError, OSError) as error:
        raise PictureError(f"`{path}` cannot be read as a picture") from error
    if form not in MEDIA_TYPES:
        raise PictureError(f"`{path}` is a {form} file, which not every browser shows")
    name = PurePosixPath(path)
    label = name.parent.name if name.stem in {"cover", "index"} and name.parent.name else name.stem
    digest = hashlib.sha256(data).hexdigest()[:_HASH_CHARACTERS]
    src = f"/images/{label}-{digest}{name.suffix.lower()}"
    return PictureFile(path, file, Picture(src, width, height, "", length=len(data), media_type=MEDIA_TYPES[form]))
