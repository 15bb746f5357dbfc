"""Draw social cards, the pictures that services show for a shared link, with words and a shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property

import PIL
from msgspec import Struct
from PIL import Image, ImageDraw

from plugins.images.indexed_png import COLOURS, IndexedPng
from plugins.images.text_rendering import FONT, GlyphCache
from plugins.views.palette import Colour

#: The size in pixels that services require.
SIZE = (1200, 630)
#: Changes when the same words result in another drawing.
_RECIPE = f"{PIL.__version__} {FONT.name} 3"
#: Colours that the theme does not define.
_DEFAULT_COLOURS: dict[str, Colour] = {
    "paper": (251, 247, 239), "ink": (43, 40, 37), "soft": (79, 73, 66), "arch": (31, 77, 74), "glow": (233, 179, 132),
    "line": (220, 207, 185),
}  # fmt: skip
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


class SocialCard(Struct, frozen=True):
    """The words on a card.

    Attributes:
        title: in large letters.
        section: above the title, or "".
        site: the name of the site, below the title.
    """

    title: str
    section: str
    site: str


class CardRenderer:
    """Draws cards, and draws what cards share only once.

    Args:
        palette: the colours of the theme.
    """

    def __init__(self, palette: dict[str, Colour]) -> None:
        self._colours = _DEFAULT_COLOURS | palette
        self._inputs = repr((_RECIPE, sorted(palette.items())))
        self._templates: dict[tuple[str, str], _CardTemplate] = {}

    def key(self, card: SocialCard) -> str:
        """Return the cache key of ``card``, which depends on its words and colours."""
        return self._template(card).key(card.title)

    def missing_characters(self, text: str) -> set[str]:
        """Return the characters of ``text`` that the font does not have."""
        return self._titles[-1].missing_characters(text)

    def draw(self, card: SocialCard) -> bytes:
        """Return the card as a PNG file."""
        template = self._template(card)
        letters, lines = _fit_title(card.title, self._titles, _BOTTOM - template.top)
        png = template.png
        drawn = png.blank()
        for number, line in enumerate(lines):
            letters.set(line, drawn, (_MARGIN, number * round(letters.size * _LINE_HEIGHT)), _ARCH, _SHAPE)
        return png.file(drawn)

    def _template(self, card: SocialCard) -> _CardTemplate:
        words = (card.section, card.site)
        if words not in self._templates:
            self._templates[words] = _CardTemplate(*words, self._colours, self._inputs)
        return self._templates[words]

    @cached_property
    def _titles(self) -> Sequence[GlyphCache]:
        """The glyph caches of the title sizes, largest first."""
        return [GlyphCache(size, _TITLE_WEIGHT) for size in _TITLE_SIZES]


class _CardTemplate:
    """A card without its title.

    Args:
        section: above the title.
        site: below the title.
        colours: the colours by name.
        inputs: everything that the card depends on except its words.
    """

    def __init__(self, section: str, site: str, colours: dict[str, Colour], inputs: str) -> None:
        self.top = _TOP if section else _TOP_ALONE
        self._section, self._site, self._colours = section, site, colours
        self._digest = hashlib.sha256(repr((inputs, section, site)).encode())

    def key(self, title: str) -> str:
        """Return the cache key of the card with ``title``."""
        digest = self._digest.copy()
        digest.update(title.encode())
        return digest.hexdigest()

    @cached_property
    def png(self) -> IndexedPng:
        """The PNG template with the arch and the sun of the site's sign at the right, and the words at the left."""
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
        pen.text((_MARGIN, 92), self._section, colours["soft"], small)
        pen.text((_MARGIN, height - _MARGIN), self._site, colours["ink"], strong, anchor="ls")
        return IndexedPng(_quantize(image, colours), self.top, _BOTTOM)


def _quantize(image: Image.Image, colours: dict[str, Colour]) -> Image.Image:
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
