"""Style sheet: one file made of the theme's layers.

The order is the cascade: base, compositions, components, utilities; within each, by path. Cascade layers
(``@layer``) would say the same, but phones from before 2022 ignore everything inside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")


def files(theme: Path) -> Iterator[Path]:
    """Yield the theme's style files in the order of the cascade."""
    yield from sorted((theme / "styles" / "base").glob("*.css"), key=_base_order)
    yield from sorted((theme / "styles" / "compositions").glob("*.css"))
    yield from sorted((theme / "components").glob("*/*.css"))
    yield from sorted((theme / "styles" / "utilities").glob("*.css"))


def _base_order(file: Path) -> tuple[int, str]:
    """The reset comes before the tokens, and both before what uses them."""
    first = ("reset", "tokens")
    return (first.index(file.stem) if file.stem in first else len(first), file.name)


def stylesheet(theme: Path) -> str:
    """Return the theme's whole style sheet, without comments and needless white space."""
    return "".join(compact(file.read_text(encoding="utf-8")) for file in files(theme))


def compact(css: str) -> str:
    """Return ``css`` without comments and needless white space; strings must not hold braces, semicolons or commas."""
    text = _SPACE.sub(" ", _COMMENT.sub("", css))
    return _AROUND.sub(r"\1", text).replace(";}", "}").strip()
