"""Palette: the theme's colours, read from its tokens, so that what is drawn or told besides pages looks like them."""

from __future__ import annotations

from pathlib import Path

import tinycss2
from PIL import ImageColor

Colour = tuple[int, int, int]


def palette(theme: Path) -> dict[str, Colour]:
    """Return the colours that the first rule of the theme's tokens names (those of the light scheme), without dashes.

    An empty palette is returned for a theme without tokens.
    """
    file = theme / "styles" / "base" / "tokens.css"
    if not file.is_file():
        return {}
    rules = tinycss2.parse_stylesheet(file.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    first = next((rule for rule in rules if rule.type == "qualified-rule"), None)
    found: dict[str, Colour] = {}
    for declaration in tinycss2.parse_blocks_contents(first.content, skip_comments=True) if first else ():
        if declaration.type == "declaration":
            value = tinycss2.serialize(declaration.value).strip()
            if value.startswith("#"):
                found[declaration.name.removeprefix("--")] = _colour(value)
    return found


def _colour(value: str) -> Colour:
    red, green, blue = ImageColor.getrgb(value)[:3]
    return (red, green, blue)
