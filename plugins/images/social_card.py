"""Social card: the picture that others see when somebody shares a link: words and a shape, never a photograph."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import fontpkg
import PIL
from PIL import Image, ImageDraw, ImageFont

from plugins.images.palette import Colour

#: What every service that shows cards asks for.
SIZE = (1200, 630)
#: Changes whenever the same words would give another drawing.
_RECIPE = f"{PIL.__version__} {fontpkg.path('Source Serif 4').name} 1"
#: Used where the theme names no such colour.
_PLAIN: dict[str, Colour] = {
    "paper": (251, 247, 239), "ink": (43, 40, 37), "soft": (79, 73, 66), "teal": (31, 77, 74), "glow": (233, 179, 132),
    "line": (220, 207, 185),
}  # fmt: skip
_MARGIN = 84
#: The right edge of the words: beyond it stands the shape.
_RIGHT = 850
_TITLE_SIZES = range(84, 43, -4)
_TITLE_LINES = 4
_TITLE_WEIGHT, _TEXT_WEIGHT = 600, 400
#: Shapes are drawn this much larger and scaled down, which smooths their edges.
_FINER = 3
#: Colours in the file. Flat shapes and letters need few.
_COLOURS = 48


class Letters:
    """The letters that the font of the cards has; looks each up once."""

    def __init__(self) -> None:
        self._font = _font(40, _TITLE_WEIGHT)
        self._missing = _shape(self._font, "\uffff")
        self._known: dict[str, bool] = {}

    def __contains__(self, letter: str) -> bool:
        if letter not in self._known:
            self._known[letter] = _shape(self._font, letter) != self._missing
        return self._known[letter]


@dataclass(frozen=True, slots=True)
class SocialCard:
    """The words on a card.

    Attributes:
        title: large.
        section: small, above it; "" for none.
        site: the name of the site, at the foot.
    """

    title: str
    section: str
    site: str

    def key(self, palette: dict[str, Colour]) -> str:
        """Return what says all that the card is made from."""
        made_from = (_RECIPE, self.title, self.section, self.site, sorted(palette.items()))
        return hashlib.sha256(repr(made_from).encode()).hexdigest()

    def is_drawable(self, letters: Letters) -> bool:
        """Tell whether the font has every letter of the title; boxes in their place would help nobody."""
        return all(letter in letters for letter in set(self.title) if not letter.isspace())

    def draw(self, palette: dict[str, Colour]) -> bytes:
        """Return the card as a PNG file."""
        colours = _PLAIN | palette
        image = _ground(colours)
        pen = ImageDraw.Draw(image)
        if self.section:
            pen.text((_MARGIN, 92), self.section, colours["soft"], _font(36, _TEXT_WEIGHT))
        font, lines = _fitted(self.title)
        # Lines of 1.12 times their size, as headings on the page.
        step = round(font.size * 1.12)
        top = 168 if self.section else 110
        for number, line in enumerate(lines):
            pen.text((_MARGIN, top + number * step), line, colours["teal"], font)
        pen.text((_MARGIN, SIZE[1] - _MARGIN), self.site, colours["ink"], _font(36, _TITLE_WEIGHT), anchor="ls")
        out = io.BytesIO()
        image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()


def _ground(colours: dict[str, Colour]) -> Image.Image:
    """The card without words: the arch of the site's sign, with its sun, at the right."""
    width, height = SIZE
    large = Image.new("RGB", (width * _FINER, height * _FINER), colours["paper"])
    pen = ImageDraw.Draw(large)

    def at(*points: float) -> list[float]:
        return [point * _FINER for point in points]

    pen.rectangle(at(0, 0, width, 14), colours["glow"])
    pen.rounded_rectangle(at(880, 200, 1240, 900), 180 * _FINER, colours["teal"])
    pen.ellipse(at(990, 300, 1130, 440), colours["glow"])
    return large.resize(SIZE, Image.Resampling.LANCZOS)


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters in which the title fits; of a title that fits in none, the beginning."""
    for size in _TITLE_SIZES:
        font = _font(size, _TITLE_WEIGHT)
        lines = list(_lines(title, font))
        if len(lines) <= _TITLE_LINES and all(font.getlength(line) <= _RIGHT - _MARGIN for line in lines):
            return font, lines
    return font, [*lines[: _TITLE_LINES - 1], f"{lines[_TITLE_LINES - 1]}…"] if len(lines) > _TITLE_LINES else lines


def _lines(title: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > _RIGHT - _MARGIN:
            yield line
            line = word
        else:
            line = longer
    yield line


def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The font of the cards, near the one that devices set headings in; its two axes are weight and optical size."""
    # Basic layout gives the same lines whether or not a machine has the library for complex scripts.
    font = ImageFont.truetype(fontpkg.path("Source Serif 4"), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, min(60, size)])
    return font


def _shape(font: ImageFont.FreeTypeFont, letter: str) -> tuple[Any, bytes]:
    mask = font.getmask(letter)
    return (mask.size, bytes(mask))
