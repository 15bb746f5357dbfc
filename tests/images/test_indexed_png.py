"""Files of an indexed PNG template are valid PNG files."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from plugins.images.indexed_png import COLOURS, IndexedPng


def shared() -> Image.Image:
    """Return a picture with every colour."""
    image = Image.new("P", (64, 48))
    image.putpalette([part for colour in range(COLOURS) for part in (colour, 255 - colour, colour * 9)])
    image.putdata([(x + y) % COLOURS for y in range(48) for x in range(64)])
    return image


@pytest.mark.parametrize(("top", "bottom"), [(10, 30), (0, 48), (0, 1), (47, 48)])
def test_file_has_drawn_and_shared_rows(top: int, bottom: int) -> None:
    """Each file is a PNG with the drawn rows between the shared rows."""
    whole = shared()
    png = IndexedPng(whole, top, bottom)
    for colour in (3, 11):
        rows = png.blank()
        ImageDraw.Draw(rows).ellipse((5, 2, 50, 18), colour)
        data = png.file(rows)
        Image.open(io.BytesIO(data)).verify()
        expected = whole.copy()
        expected.paste(rows, (0, top))
        assert Image.open(io.BytesIO(data)).convert("RGB") == expected.convert("RGB")
    assert whole == shared()
