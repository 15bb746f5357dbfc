"""Read the colours of the theme from its CSS tokens, for social cards, icons and the web manifest."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import tinycss2

from plugins.base.cache import Cache, NoCache

Colour = tuple[int, int, int]


def palette(theme: Path, cache: Cache | None = None) -> dict[str, Colour]:
    """Return the colours of the first rule of ``styles/base/tokens.css`` (the light scheme), by name without dashes.

    The palette of a theme without that file is empty.

    Args:
        theme: the theme's folder.
        cache: keeps the colours of unchanged tokens.
    """
    file = theme / "styles" / "base" / "tokens.css"
    if not file.is_file():
        return {}
    css = file.read_text(encoding="utf-8")
    memory = cache or NoCache()
    return dict(memory.get_or_compute("palette", css, partial(_colours, css)))


def _colours(css: str) -> dict[str, Colour]:
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    first = next((rule for rule in rules if rule.type == "qualified-rule"), None)
    colours: dict[str, Colour] = {}
    for declaration in tinycss2.parse_blocks_contents(first.content, skip_comments=True) if first else ():
        if declaration.type == "declaration":
            value = tinycss2.serialize(declaration.value).strip()
            if value.startswith("#"):
                colours[declaration.name.removeprefix("--")] = _colour(value)
    return colours


def _colour(value: str) -> Colour:
    from PIL import ImageColor  # noqa: PLC0415 - the colours are mostly in the cache

    red, green, blue = ImageColor.getrgb(value)[:3]
    return (red, green, blue)
