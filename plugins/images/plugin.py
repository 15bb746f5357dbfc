"""The door of the pictures to the build."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from plugins.content_model.build import Build, bodies_ready, library_loaded
from plugins.content_model.entry import Entry
from plugins.content_model.outputs import Owner
from plugins.content_model.problem import Position, Problem
from plugins.content_model.validation import nearest
from plugins.content_model.viewing import picture_path
from plugins.images.pictures import PictureError, find, measure


def prepare(build: Build) -> None:
    """Give the build the picture files that stand beside its entries; report those that entries name in vain."""
    told: set[str] = set()
    for path in find(build.content):
        try:
            build.pictures[path] = measure(build.content, path).picture
        except PictureError as error:
            told.add(path)
            build.problems.add(
                Problem(path, Position(), "bad-picture", str(error), "save it again as JPEG, PNG, WebP or AVIF"),
            )
    for entry in build.library.entries:
        build.problems.extend(_missing(build, entry, told))


def _missing(build: Build, entry: Entry, told: AbstractSet[str]) -> Iterator[Problem]:
    """Yield a problem if the entry names a file that is no picture of the site, unless one of that file is ``told``."""
    if entry.image is None:
        return
    path = picture_path(entry, entry.image.file)
    if path in build.pictures or path in told:
        return
    if (build.content / path).is_file():
        yield Problem(
            entry.source.path,
            entry.source.positions.of(("image", "file")),
            "bad-picture",
            f"`{entry.image.file}` is not a picture that the site can show",
            "save it as JPEG, PNG, WebP or AVIF beside the entry, and write that file's name",
        )
        return
    close = nearest(
        Path(path).name, (Path(known).name for known in build.pictures if Path(known).parent == Path(path).parent)
    )
    yield Problem(
        entry.source.path,
        entry.source.positions.of(("image", "file")),
        "missing-picture",
        f"there is no picture `{entry.image.file}` in the entry's folder",
        f"did you mean `{close}`?" if close else f"put the file at {path}",
    )


def plan(build: Build) -> None:
    """Plan a file for each picture that a page shows: those of drafts stay at home."""
    shown = {picture_path(entry, entry.image.file) for entry in build.library.live if entry.image is not None}
    html = [build.bodies[entry.source.path].html for entry in build.library.live if entry.source.path in build.bodies]
    planned: set[str] = set()
    for path, picture in build.pictures.items():
        used = path in shown or any(picture.src in text for text in html)
        if used and picture.src not in planned:
            planned.add(picture.src)
            build.outputs.add(picture.src.lstrip("/"), Owner(path), (build.content / path).read_bytes)


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(prepare)
    bodies_ready.connect(plan)
