"""Lettering: sets lines in the font of the cards; each letter is measured and drawn once."""

from __future__ import annotations

from dataclasses import dataclass

from fontpkg_source_serif_4 import ROOT
from PIL import Image, ImageDraw, ImageFont

#: Near the one that devices set headings in. ``fontpkg`` would go through all installed packages to find it.
FONT = ROOT / "files" / "SourceSerif4[opsz,wght].ttf"


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter as it is set.

    Attributes:
        shape: how much of each pixel it covers; None for one that covers none.
        left: from where it is set to its shape.
        top: from the top of the line to its shape.
        width: from where it is set to where the next one is.
    """

    shape: Image.Image | None
    left: int
    top: int
    width: int


class Letters:
    """The letters of the font in one size and weight.

    Args:
        size: in pixels; a line is about 1.3 times as high.
        weight: 400 is that of texts.
    """

    def __init__(self, size: int, weight: int) -> None:
        self.size = size
        # Basic layout gives the same lines whether or not a machine has the library for complex scripts. It sets
        # letter by letter, at whole pixels, so that lines can be put together of letters.
        self.font = ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
        # The axes of the font are weight and optical size.
        self.font.set_variation_by_axes([weight, min(60, size)])
        self._letters: dict[str, _Letter] = {}

    def lacks(self, text: str) -> set[str]:
        """Return those letters of ``text`` that the font does not have: there would be boxes in their place."""
        box = self._letter("\uffff")
        return {letter for letter in set(text) if not letter.isspace() and _same(self._letter(letter), box)}

    def width(self, text: str) -> int:
        """Return how wide ``text`` is, in pixels."""
        return sum([self._letter(letter).width for letter in text])

    def set(self, text: str, image: Image.Image, place: tuple[int, int], ink: int, right: int) -> None:
        """Draw a line.

        Args:
            text: its letters.
            image: drawn on; of one channel, whose values from that of the ground to ``ink`` are a ramp of colours.
            place: left and top of the line.
            ink: the value of its colour.
            right: no letter that would cross this edge is drawn.
        """
        x, y = place
        for letter in map(self._letter, text):
            if letter.shape is not None and x + letter.left + letter.shape.width <= right:
                image.paste(ink, (x + letter.left, y + letter.top), letter.shape)
            x += letter.width

    def _letter(self, letter: str) -> _Letter:
        known = self._letters.get(letter)
        if known is None:
            known = self._letters[letter] = self._drawn(letter)
        return known

    def _drawn(self, letter: str) -> _Letter:
        left, top, right, bottom = map(round, self.font.getbbox(letter))
        width = round(self.font.getlength(letter))
        if right <= left or bottom <= top:
            return _Letter(None, 0, 0, width)
        shape = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(shape).text((-left, -top), letter, 255, self.font)
        return _Letter(shape, left, top, width)


def _same(one: _Letter, other: _Letter) -> bool:
    return one.width == other.width and one.shape == other.shape
