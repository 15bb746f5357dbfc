"""Draw the words and the shape of social cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from PIL import Image, ImageDraw

from plugins.images.indexed_png import COLOURS, IndexedPng
from plugins.images.social_card import SIZE, SocialCard
from plugins.images.text_rendering import GlyphCache
from plugins.views.palette import Colour

_MARGIN = 84
#: The right edge of the words.
_RIGHT = 850
#: The left edge of the shape.
_SHAPE = 880
#: The rows of the title: the first with a section, the first without one, and the last.
_TOP, _TOP_ALONE, _BOTTOM = 168, 110, 490
_TITLE_SIZES = range(84, 43, -4)
_TITLE_LINES = 4
#: In font sizes: from line to line, and from the top of a line to the bottom of its lowest glyph.
_LINE_HEIGHT, _LINE_DEPTH = 1.12, 1.3
_TITLE_WEIGHT, _TEXT_WEIGHT, _TEXT_SIZE = 600, 400, 36
#: Shapes are drawn larger by this factor and scaled down, for smooth edges.
_SCALE = 3
#: Columns to the left of the shape that its smooth edge does not reach.
_PLAIN = 20
#: Palette index of arch; the colours before it are a gradient from paper.
_ARCH = 7


class CardDrawing:
    """Draws cards, and draws what cards share only once.

    Args:
        colours: the colours by name.
    """

    def __init__(self, colours: Mapping[str, Colour]) -> None:
        self._colours = colours
        self._templates: dict[tuple[str, str], IndexedPng] = {}

    def missing_characters(self, text: str) -> set[str]:
        """Return the characters of ``text`` that the font does not have."""
        return self._titles[-1].missing_characters(text)

    def draw(self, card: SocialCard) -> bytes:
        """Return the card as a PNG file."""
        top = _TOP if card.section else _TOP_ALONE
        letters, lines = _fit_title(card.title, self._titles, _BOTTOM - top)
        words = (card.section, card.site)
        if words not in self._templates:
            self._templates[words] = IndexedPng(self._template(*words), top, _BOTTOM)
        png = self._templates[words]
        drawn = png.blank()
        for number, line in enumerate(lines):
            letters.set(line, drawn, (_MARGIN, number * round(letters.size * _LINE_HEIGHT)), _ARCH, _SHAPE)
        return png.file(drawn)

    @cached_property
    def _titles(self) -> Sequence[GlyphCache]:
        """The glyph caches of the title sizes, largest first."""
        return [GlyphCache(size, _TITLE_WEIGHT) for size in _TITLE_SIZES]

    def _template(self, section: str, site: str) -> Image.Image:
        """Return a card without its title, with the arch and the sun of the site's sign at the right."""
        colours = self._colours
        width, height = SIZE
        # Only the part with the shape is drawn large, because the whole takes 40 MB. All columns to its left are equal.
        left = _SHAPE - _PLAIN
        large = Image.new("RGB", ((width - left) * _SCALE, height * _SCALE), colours["paper"])
        pen = ImageDraw.Draw(large)

        def at(*points: float) -> list[float]:
            return [(point - left * (place % 2 == 0)) * _SCALE for place, point in enumerate(points)]

        pen.rectangle(at(left, 0, width, 14), colours["glow"])
        pen.rounded_rectangle(at(_SHAPE, 200, 1240, 900), 180 * _SCALE, colours["arch"])
        pen.ellipse(at(990, 300, 1130, 440), colours["glow"])
        shape = large.reduce(_SCALE)
        image = shape.crop((0, 0, 1, height)).resize(SIZE, Image.Resampling.NEAREST)
        image.paste(shape, (left, 0))
        pen = ImageDraw.Draw(image)
        small, strong = (GlyphCache(_TEXT_SIZE, weight).font for weight in (_TEXT_WEIGHT, _TITLE_WEIGHT))
        pen.text((_MARGIN, 92), section, colours["soft"], small)
        pen.text((_MARGIN, height - _MARGIN), site, colours["ink"], strong, anchor="ls")
        return _quantize(image, colours)


def _quantize(image: Image.Image, colours: Mapping[str, Colour]) -> Image.Image:
    """Return ``image`` in 16 colours: those of the card and gradients between them."""
    paper, ink, soft, arch, glow = (colours[name] for name in ("paper", "ink", "soft", "arch", "glow"))
    colour_ramp = [
        paper,
        *_steps(paper, arch, _ARCH),
        *_steps(paper, ink, 3),
        *_steps(paper, soft, 3),
        *_steps(arch, glow, 2),
    ]
    assert len(colour_ramp) == COLOURS  # noqa: S101
    swatch = Image.new("P", (1, 1))
    swatch.putpalette([channel for colour in colour_ramp for channel in colour])
    return image.quantize(palette=swatch, dither=Image.Dither.NONE)


def _steps(start: Colour, end: Colour, number: int) -> Iterator[Colour]:
    """Yield ``number`` colours of the gradient from ``start``, exclusive, to ``end``, inclusive."""
    for step in range(1, number + 1):
        red, green, blue = (round(a + (b - a) * step / number) for a, b in zip(start, end, strict=True))
        yield (red, green, blue)


def _fit_title(title: str, sizes: Sequence[GlyphCache], height: int) -> tuple[GlyphCache, list[str]]:
    """Return the largest size in which the title fits, and its lines; a title that fits in none is truncated."""
    words = title.split()
    for letters in sizes:
        widths = [letters.width(word) for word in words]
        lines = list(_lines(words, widths, letters.width(" ")))
        depth = (len(lines) - 1) * round(letters.size * _LINE_HEIGHT) + letters.size * _LINE_DEPTH
        if len(lines) <= _TITLE_LINES and depth <= height and max(widths, default=0) <= _RIGHT - _MARGIN:
            return letters, lines
    return letters, [*lines[: _TITLE_LINES - 1], f"{lines[_TITLE_LINES - 1]}…"] if len(lines) > _TITLE_LINES else lines


def _lines(words: Sequence[str], widths: Sequence[int], space: int) -> Iterator[str]:
    """Yield the lines of the wrapped words."""
    line: list[str] = []
    free_width = _RIGHT - _MARGIN
    for word, width in zip(words, widths, strict=True):
        if line and free_width < space + width:
            yield " ".join(line)
            line, free_width = [], _RIGHT - _MARGIN
        free_width -= width + (space if line else 0)
        line.append(word)
    yield " ".join(line)
