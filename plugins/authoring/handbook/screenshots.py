"""Read the screenshots that chapters show, which ``screenshots.py`` of the tests of the editor and the import take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from PIL import Image

from plugins.content_model import permalink
from plugins.views.views import Picture

#: Below the folder of the chapters, and below their address.
FOLDER = "screenshots"
_SUFFIX = ".webp"


class Screenshot(Struct, frozen=True):
    """A screenshot.

    Attributes:
        path: as a chapter writes it, ``screenshots/start.webp``.
        file: the file itself.
        picture: as a page shows it.
    """

    path: str
    file: Path
    picture: Picture


def read(folder: Path, section: str) -> tuple[Screenshot, ...]:
    """Return the screenshots of the chapters in ``folder``, which have addresses below ``section``."""
    return tuple(_screenshot(file, section) for file in sorted((folder / FOLDER).glob(f"*{_SUFFIX}")))


def _screenshot(file: Path, section: str) -> Screenshot:
    path = f"{FOLDER}/{file.name}"
    with Image.open(file) as image:
        width, height = image.size
    address = f"{permalink.index(section)}{path}"
    return Screenshot(path, file, Picture(address, width, height, "", media_type="image/webp"))


def pictures(found: tuple[Screenshot, ...]) -> Mapping[str, Picture]:
    """Return the pictures of ``found``, by their paths."""
    return {one.path: one.picture for one in found}
