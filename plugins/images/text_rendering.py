"""Render lines of text in the font of social cards, with a cache of glyphs."""

from __future__ import annotations

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

from plugins.images.fonts import FONT


class _Glyph(Struct, frozen=True):
    """A rendered glyph, with distances in pixels.

    Attributes:
        shape: coverage of each pixel, or None for an empty glyph.
        left: from the pen position to the left edge of the shape.
        top: from the top of the line to the top of the shape.
        width: from the pen position to that of the next glyph.
    """

    shape: Image.Image | None
    left: int
    top: int
    width: int


class GlyphCache:
    """Renders text in one size and weight, and renders each glyph once.

    Args:
        size: in pixels; a line is about 1.3 times as high.
        weight: 400 is regular.
    """

    def __init__(self, size: int, weight: int) -> None:
        self.size = size
        # Basic layout does not depend on libraries of the machine. It places glyphs at whole pixels, so that lines can
        # be composed of cached glyphs.
        self.font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
        # The axes of the font are weight and optical size.
        self.font.set_variation_by_axes([weight, min(60, size)])
        self._glyphs: dict[str, _Glyph] = {}
        self._widths: dict[str, int] = {}

    def missing_characters(self, text: str) -> set[str]:
        """Return the characters of ``text`` that the font does not have and would show as boxes."""
        box = self._glyph("\uffff")
        return {character for character in set(text) if not character.isspace() and _same(self._glyph(character), box)}

    def width(self, text: str) -> int:
        """Return the width of ``text`` in pixels. No glyph is rendered, because most sizes are only tried."""
        return sum([self._width(character) for character in text])

    def set(self, text: str, image: Image.Image, position: tuple[int, int], ink: int, right: int) -> None:
        """Draw a line.

        Args:
            text: of the line.
            image: drawn on, with one channel whose values up to ``ink`` are a gradient from the background.
            position: left and top of the line.
            ink: the value of the text colour.
            right: glyphs that would cross this edge are not drawn.
        """
        x, y = position
        for glyph in map(self._glyph, text):
            if glyph.shape is not None and x + glyph.left + glyph.shape.width <= right:
                image.paste(ink, (x + glyph.left, y + glyph.top), glyph.shape)
            x += glyph.width

    def _width(self, character: str) -> int:
        width = self._widths.get(character)
        if width is None:
            width = self._widths[character] = round(self.font.getlength(character))
        return width

    def _glyph(self, character: str) -> _Glyph:
        glyph = self._glyphs.get(character)
        if glyph is None:
            glyph = self._glyphs[character] = self._render(character)
        return glyph

    def _render(self, character: str) -> _Glyph:
        left, top, right, bottom = map(round, self.font.getbbox(character))
        width = self._width(character)
        if right <= left or bottom <= top:
            return _Glyph(None, 0, 0, width)
        shape = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(shape).text((-left, -top), character, 255, self.font)
        return _Glyph(shape, left, top, width)


def _same(one: _Glyph, other: _Glyph) -> bool:
    return one.width == other.width and one.shape == other.shape
