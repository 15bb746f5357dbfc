"""Save the screenshots that the handbook shows."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from plugins.authoring.handbook.screenshots import FOLDER as SCREENSHOTS
from tests.sites.building import ROOT

#: Where they lie.
FOLDER = ROOT / "docs" / "handbook" / SCREENSHOTS
_QUALITY = 70


def save_screenshot(to: Path, name: str, png: bytes) -> None:
    """Write the screenshot ``png`` as a small WebP file into the folder ``to``."""
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").save(to / f"{name}.webp", quality=_QUALITY, method=6)
