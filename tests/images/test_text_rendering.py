"""Lines composed of cached glyphs equal lines that Pillow draws."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw

from plugins.images.text_rendering import GlyphCache

LINES = ["To AVoid Wait: fi ff", "“Quoted” – naïve café", "jumped; quickly?", "e\u0301tude"]


@pytest.mark.parametrize("size", [36, 44, 84])
@pytest.mark.parametrize("line", LINES)
def test_line_equals_that_of_pillow(line: str, size: int) -> None:
    """A line is as wide as Pillow's, and pixels differ only where two glyphs touch."""
    letters = GlyphCache(size, 600)
    assert letters.width(line) == letters.font.getlength(line)
    ours, whole = Image.new("L", (1000, 120)), Image.new("L", (1000, 120))
    letters.set(line, ours, (20, 5), 255, 1000)
    ImageDraw.Draw(whole).text((20, 5), line, 255, letters.font)
    differing = ImageChops.difference(ours, whole).point(lambda value: 255 if value > 2 else 0)
    assert differing.histogram()[255] <= 2 * len(line)


def test_glyphs_beyond_the_edge_are_left_out() -> None:
    """Glyphs that would cross the right edge are not drawn."""
    image = Image.new("L", (400, 80))
    GlyphCache(44, 400).set("Wide and wider", image, (0, 0), 200, 150)
    box = image.getbbox()
    assert box
    assert 110 < box[2] <= 150
