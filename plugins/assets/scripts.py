"""Scripts: the few that components have, each a file of its own beside the component that it serves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Script:
    """A script.

    Attributes:
        name: that of its component.
        permalink: holds a hash of the bytes, so that browsers may keep it for good.
        data: what is sent.
    """

    name: str
    permalink: str
    data: bytes


def scripts(theme: Path) -> Iterator[Script]:
    """Yield the scripts of the theme's components, by name."""
    for file in sorted((theme / "components").glob("*/*.js")):
        data = bare(file.read_text(encoding="utf-8")).encode()
        digest = hashlib.sha256(data).hexdigest()[:10]
        yield Script(file.stem, f"/theme/{file.stem}-{digest}.js", data)


def bare(text: str) -> str:
    """Return a script without the lines that hold only a comment, and without indents.

    Nothing else is touched: what a browser runs can be read line by line in the source. Scripts hold no text of several
    lines, in which such a line would be more than a comment.
    """
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
