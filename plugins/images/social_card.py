"""Social card: the picture that others see when somebody shares a link: words and a shape, never a photograph."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import PIL
from PIL import Image, ImageDraw

from plugins.images.indexed_png import COLOURS, FlatPng
from plugins.images.text_rendering import FONT, Letters
from plugins.views.palette import Colour

#: What every service that shows cards asks for.
SIZE = (1200, 630)
#: Changes whenever the same words would give another drawing.
_RECIPE = f"{PIL.__version__} {FONT.name} 2"
#: Used where the theme names no such colour.
_PLAIN: dict[str, Colour] = {
    "paper": (251, 247, 239), "ink": (43, 40, 37), "soft": (79, 73, 66), "teal": (31, 77, 74), "glow": (233, 179, 132),
    "line": (220, 207, 185),
}  # fmt: skip
_MARGIN = 84
#: The right edge of the words: beyond it stands the shape.
_RIGHT = 850
#: The left edge of the shape.
_SHAPE = 880
#: The rows of the title: below the section, or where it would be, and above the site's name.
_TOP, _TOP_ALONE, _BOTTOM = 168, 110, 490
_TITLE_SIZES = range(84, 43, -4)
_TITLE_LINES = 4
#: In sizes of the letters: from line to line, as in headings on the page; from the top of a line to its lowest letter.
_STEP, _DEPTH = 1.12, 1.3
_TITLE_WEIGHT, _TEXT_WEIGHT, _TEXT_SIZE = 600, 400, 36
#: Shapes are drawn this much larger and scaled down, which smooths their edges.
_FINER = 3
#: The place of teal among the colours; those before it lead there from paper.
_TEAL = 7


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


class CardPress:
    """Draws cards, also in several threads. What they have in common is drawn once.

    Args:
        palette: the colours of the theme.
    """

    def __init__(self, palette: dict[str, Colour]) -> None:
        self._colours = _PLAIN | palette
        self._made_from = repr((_RECIPE, sorted(palette.items())))
        self._sheets: dict[tuple[str, str], _Sheet] = {}
        self._ground = threading.Lock()

    def key(self, card: SocialCard) -> str:
        """Return what says all that ``card`` is made from."""
        return self._sheet(card).key(card.title)

    def lacks(self, text: str) -> set[str]:
        """Return the letters of ``text`` that the font does not have: boxes would stand in their place."""
        return self._titles[-1].lacks(text)

    def draw(self, card: SocialCard) -> bytes:
        """Return the card as a PNG file."""
        sheet = self._sheet(card)
        letters, lines = _fitted(card.title, self._titles, _BOTTOM - sheet.top)
        # Of all threads that need the same ground, one draws it.
        with self._ground:
            png = sheet.png
        drawn = png.blank()
        for number, line in enumerate(lines):
            letters.set(line, drawn, (_MARGIN, number * round(letters.size * _STEP)), _TEAL, _SHAPE)
        return png.file(drawn)

    def _sheet(self, card: SocialCard) -> _Sheet:
        words = (card.section, card.site)
        if words not in self._sheets:
            self._sheets[words] = _Sheet(*words, self._colours, self._made_from)
        return self._sheets[words]

    @cached_property
    def _titles(self) -> Sequence[Letters]:
        """The letters of titles, the largest first."""
        return [Letters(size, _TITLE_WEIGHT) for size in _TITLE_SIZES]


class _Sheet:
    """A card without title.

    Args:
        section: above the title.
        site: below it.
        colours: all that are used, by name.
        made_from: says what it is made from besides the words.
    """

    def __init__(self, section: str, site: str, colours: dict[str, Colour], made_from: str) -> None:
        self.top = _TOP if section else _TOP_ALONE
        self._section, self._site, self._colours = section, site, colours
        self._digest = hashlib.sha256(repr((made_from, section, site)).encode())

    def key(self, title: str) -> str:
        """Return what says all that the card with ``title`` is made from."""
        digest = self._digest.copy()
        digest.update(title.encode())
        return digest.hexdigest()

    @cached_property
    def png(self) -> FlatPng:
        """Files with the arch of the site's sign, with its sun, at the right, and the words at the left."""
        colours = self._colours
        width, height = SIZE
        large = Image.new("RGB", (width * _FINER, height * _FINER), colours["paper"])
        pen = ImageDraw.Draw(large)

        def at(*points: float) -> list[float]:
            return [point * _FINER for point in points]

        pen.rectangle(at(0, 0, width, 14), colours["glow"])
        pen.rounded_rectangle(at(_SHAPE, 200, 1240, 900), 180 * _FINER, colours["teal"])
        pen.ellipse(at(990, 300, 1130, 440), colours["glow"])
        image = large.resize(SIZE, Image.Resampling.LANCZOS)
        pen = ImageDraw.Draw(image)
        small, strong = (Letters(_TEXT_SIZE, weight).font for weight in (_TEXT_WEIGHT, _TITLE_WEIGHT))
        pen.text((_MARGIN, 92), self._section, colours["soft"], small)
        pen.text((_MARGIN, height - _MARGIN), self._site, colours["ink"], strong, anchor="ls")
        return FlatPng(_flat(image, colours), self.top, _BOTTOM)


def _flat(image: Image.Image, colours: dict[str, Colour]) -> Image.Image:
    """``image`` with each pixel of the nearest of the few colours of a card: those it names, and steps between them."""
    paper, ink, soft, teal, glow = (colours[name] for name in ("paper", "ink", "soft", "teal", "glow"))
    few = [paper, *_steps(paper, teal, _TEAL), *_steps(paper, ink, 3), *_steps(paper, soft, 3), *_steps(teal, glow, 2)]
    assert len(few) == COLOURS  # noqa: S101
    swatch = Image.new("P", (1, 1))
    swatch.putpalette([part for colour in few for part in colour])
    return image.quantize(palette=swatch, dither=Image.Dither.NONE)


def _steps(start: Colour, end: Colour, number: int) -> Iterator[Colour]:
    """The colours between ``start`` and ``end``, and ``end``."""
    for step in range(1, number + 1):
        red, green, blue = (round(a + (b - a) * step / number) for a, b in zip(start, end, strict=True))
        yield (red, green, blue)


def _fitted(title: str, sizes: Sequence[Letters], height: int) -> tuple[Letters, list[str]]:
    """The largest letters in which the title fits; of a title that fits in none, the beginning."""
    words = title.split()
    for letters in sizes:
        widths = [letters.width(word) for word in words]
        lines = list(_lines(words, widths, letters.width(" ")))
        deep = (len(lines) - 1) * round(letters.size * _STEP) + letters.size * _DEPTH
        if len(lines) <= _TITLE_LINES and deep <= height and max(widths, default=0) <= _RIGHT - _MARGIN:
            return letters, lines
    return letters, [*lines[: _TITLE_LINES - 1], f"{lines[_TITLE_LINES - 1]}…"] if len(lines) > _TITLE_LINES else lines


def _lines(words: Sequence[str], widths: Sequence[int], space: int) -> Iterator[str]:
    """The words in lines, each as long as there is room."""
    line: list[str] = []
    room = _RIGHT - _MARGIN
    for word, width in zip(words, widths, strict=True):
        if line and room < space + width:
            yield " ".join(line)
            line, room = [], _RIGHT - _MARGIN
        room -= width + (space if line else 0)
        line.append(word)
    yield " ".join(line)
