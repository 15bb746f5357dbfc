"""Read the colours of the theme from its CSS tokens, for social cards, icons and the web manifest."""

from __future__ import annotations

from pathlib import Path

import tinycss2
from PIL import ImageColor

Colour = tuple[int, int, int]


def palette(theme: Path) -> dict[str, Colour]:
    """Return the colours of the first rule of ``styles/base/tokens.css`` (the light scheme), by name without dashes.

    The palette of a theme without that file is empty.
    """
    file = theme / "styles" / "base" / "tokens.css"
    if not file.is_file():
        return {}
    rules = tinycss2.parse_stylesheet(file.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    first = next((rule for rule in rules if rule.type == "qualified-rule"), None)
    colours: dict[str, Colour] = {}
    for declaration in tinycss2.parse_blocks_contents(first.content, skip_comments=True) if first else ():
        if declaration.type == "declaration":
            value = tinycss2.serialize(declaration.value).strip()
            if value.startswith("#"):
                colours[declaration.name.removeprefix("--")] = _colour(value)
    return colours


def _colour(value: str) -> Colour:
    red, green, blue = ImageColor.getrgb(value)[:3]
    return (red, green, blue)
