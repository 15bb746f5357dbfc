"""Test that the font of the theme is small, has the characters of its texts and keeps its licence."""

from __future__ import annotations

from PIL import ImageFont

from tests.theme.fonts import CHARACTERS, FILE, LICENCE, LIMIT, NAME, WEIGHTS


def test_the_font_is_small() -> None:
    """The font, which most pages load, is within its limit."""
    assert FILE.stat().st_size <= LIMIT


def test_the_font_has_its_characters_and_weights() -> None:
    """The font has every character of ``CHARACTERS`` and both weights; ``python -m tests.theme.fonts`` writes it."""
    font = ImageFont.truetype(FILE, 40, layout_engine=ImageFont.Layout.BASIC)
    box = bytes(font.getmask("\uffff"))
    assert [letter for letter in sorted(CHARACTERS) if bytes(font.getmask(letter)) == box] == []
    (axis,) = font.get_variation_axes()
    assert (axis["minimum"], axis["maximum"]) == WEIGHTS


def test_the_font_keeps_its_licence() -> None:
    """The licence stands beside the font, and the font does not use the reserved name."""
    assert "SIL OPEN FONT LICENSE Version 1.1" in LICENCE.read_text(encoding="utf-8")
    assert ImageFont.truetype(FILE).getname()[0] == NAME
