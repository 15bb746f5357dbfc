"""Read the scripts of components and name them by their content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from plugins.base.fingerprint import file_hash


class Script(Struct, frozen=True):
    """A script of a component.

    Attributes:
        name: of its component.
        permalink: contains a hash of ``data``, so that browsers can cache it permanently.
        data: the published bytes.
    """

    name: str
    permalink: str
    data: bytes


def scripts(theme: Path) -> Iterator[Script]:
    """Yield the scripts of the theme's components, sorted by path."""
    for file in sorted((theme / "components").glob("*/*.js")):
        data = strip_comments(file.read_text(encoding="utf-8")).encode()
        yield Script(file.stem, f"/theme/{file.stem}-{file_hash(data)}.js", data)


def strip_comments(text: str) -> str:
    """Return a script without comment lines, blank lines and indentation.

    Scripts must not contain multi-line strings, in which such lines are not comments.
    """
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
