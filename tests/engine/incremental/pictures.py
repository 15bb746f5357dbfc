"""Edits of pictures."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from PIL import Image

from tests.engine.incremental.editing import (
    FREE,
    Edit,
    Project,
    field_of,
)

_PICTURE = r"\n!\[[^\]]*\]\(([^)]*)\)\n"


def picture(project: Project, rng: Random) -> None:
    """Add a picture to an article, as its card image or in its text."""
    file = project.free(rng)
    name = f"picture-{project.fresh()}.png"
    _draw(file.parent / name, rng)
    if not field_of(file, "image"):
        project.add_line(file, f"image: {{file: {name}, alt: A picture.}}")
    else:
        project.append(file, f"\n![Another picture]({name})\n")


def picture_replaced(project: Project, rng: Random) -> None:
    """Replace a picture by another one of the same size."""
    drawn = project.files("articles/free-*/*.png", "people/*/*.png", "articles/everything/gate.png")
    _draw(rng.choice(drawn), rng)


def picture_removed(project: Project, rng: Random) -> None:
    """Remove a picture and its references."""
    shown = [file for file in project.files(FREE) if field_of(file, "image")]
    for file in shown and [rng.choice(shown)]:
        project.replace(file, r"^image: .*\n", "")
        file.write_text(re.sub(_PICTURE, "", file.read_text(encoding="utf-8")), encoding="utf-8")
        for drawn in file.parent.glob("*.png"):
            drawn.unlink()


def recent_picture(project: Project, rng: Random) -> None:
    """Remove or add the card image of a recent article, so that its card has other elements on every page."""
    file = project.content / "articles/same-day-b/index.md"
    if field_of(file, "image"):
        project.replace(file, r"^image: .*\n", "")
    else:
        project.add_line(file, "image: {file: flat.webp, decorative: true}")


def portrait(project: Project, rng: Random) -> None:
    """Remove or add an author's portrait."""
    file = project.content / "people/guest/index.md"
    if field_of(file, "image"):
        project.replace(file, r"^image: .*\n", "")
        (file.parent / "guest.png").unlink()
    else:
        _draw(file.parent / "guest.png", rng)
        project.add_line(file, "image: {file: guest.png, alt: A guest.}")


def _draw(file: Path, rng: Random) -> None:
    size = (rng.randint(40, 80), 40)
    if file.is_file():
        with Image.open(file) as before:
            size = before.size
    Image.new("RGB", size, (rng.randint(0, 255), rng.randint(0, 255), 160)).save(file)


PICTURE_EDITS: tuple[Edit, ...] = (
    picture, picture_removed, picture_replaced, portrait, recent_picture,
)  # fmt: skip
