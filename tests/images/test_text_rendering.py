"""Lettering."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw

from plugins.images.text_rendering import Letters

LINES = ["To AVoid Wait: fi ff", "“Quoted” – naïve café", "jumped; quickly?", "e\u0301tude"]


@pytest.mark.parametrize("size", [36, 44, 84])
@pytest.mark.parametrize("line", LINES)
def test_a_line_looks_as_if_it_had_been_set_at_once(line: str, size: int) -> None:
    """Letters put side by side are as wide as Pillow's own line, and no pixel differs but where two touch."""
    letters = Letters(size, 600)
    assert letters.width(line) == letters.font.getlength(line)
    ours, whole = Image.new("L", (1000, 120)), Image.new("L", (1000, 120))
    letters.set(line, ours, (20, 5), 255, 1000)
    ImageDraw.Draw(whole).text((20, 5), line, 255, letters.font)
    differing = ImageChops.difference(ours, whole).point(lambda value: 255 if value > 2 else 0)
    assert differing.histogram()[255] <= 2 * len(line)


def test_no_letter_crosses_the_edge() -> None:
    """What would stand beyond the right edge is left out, whole letters at a time."""
    image = Image.new("L", (400, 80))
    Letters(44, 400).set("Wide and wider", image, (0, 0), 200, 150)
    box = image.getbbox()
    assert box
    assert 110 < box[2] <= 150
