"""Plan social cards, the pictures that services show for a shared link, with words and a shape."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

import PIL
from msgspec import Struct

from plugins.images.fonts import FONT
from plugins.views.palette import Colour

if TYPE_CHECKING:
    from plugins.images.card_drawing import CardDrawing

#: The size in pixels that services require.
SIZE = (1200, 630)
#: Changes when the same words result in another drawing.
_RECIPE = f"{PIL.__version__} {FONT.name} 3"
#: Colours that the theme does not define.
_DEFAULT_COLOURS: dict[str, Colour] = {
    "paper": (251, 247, 239), "ink": (43, 40, 37), "soft": (79, 73, 66), "arch": (31, 77, 74), "glow": (233, 179, 132),
    "line": (220, 207, 185),
}  # fmt: skip


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
    """Plans cards, and draws them.

    Args:
        palette: the colours of the theme.

    Attributes:
        recipe: everything that a card depends on except its words.
    """

    def __init__(self, palette: dict[str, Colour]) -> None:
        self._colours = _DEFAULT_COLOURS | palette
        self.recipe = repr((_RECIPE, sorted(palette.items())))

    def key(self, card: SocialCard) -> str:
        """Return the cache key of ``card``, which depends on its words and colours."""
        return hashlib.sha256(repr((self.recipe, card)).encode()).hexdigest()

    def missing_characters(self, text: str) -> set[str]:
        """Return the characters of ``text`` that the font does not have."""
        return self._drawing.missing_characters(text)

    def draw(self, card: SocialCard) -> bytes:
        """Return the card as a PNG file."""
        return self._drawing.draw(card)

    @cached_property
    def _drawing(self) -> CardDrawing:
        # Imported here because most builds draw no card, and Pillow takes 10 ms.
        from plugins.images.card_drawing import CardDrawing  # noqa: PLC0415

        return CardDrawing(self._colours)
