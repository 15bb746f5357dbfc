"""Places to publish to, each with what only a test may do there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.targets.target import Target


@dataclass(frozen=True, slots=True)
class Place:
    """A place to publish to.

    Attributes:
        target: gives a target there, as another process would have it.
        seen: gives what readers see, by path.
        stored: gives a name for everything that is stored there for releases; another one when it was sent again.
        damage: takes something away of a kept release.
        interruptions: at how many steps a piece of work is interrupted; fewer where it is slow.
        switches_at_once: False where readers may see some files of the old release and some of the new.
    """

    target: Callable[[], Target]
    seen: Callable[[], dict[str, bytes]]
    stored: Callable[[], frozenset[str]]
    damage: Callable[[str], None]
    interruptions: int = 12
    switches_at_once: bool = True


def folder_place(folder: Path, target: Callable[[], Target], interruptions: int) -> Place:
    """Return the place of the folder ``folder``, to which ``target()`` publishes."""
    return Place(
        target=target,
        seen=lambda: _shown(folder / "current"),
        stored=lambda: frozenset(_stored(folder / "releases")),
        damage=lambda release: (folder / "releases" / release / "index.html").unlink(),
        interruptions=interruptions,
    )


def _shown(root: Path) -> dict[str, bytes]:
    """What a server shows of ``root``."""
    return {
        path: file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and not (path := file.relative_to(root).as_posix()).startswith("_")
        and not path.endswith((".br", ".gz"))
    }  # fmt: skip


def _stored(folder: Path) -> Iterable[str]:
    for file in folder.glob("*/**/*"):
        if file.is_file():
            stat = file.stat()
            yield f"{stat.st_ino} {stat.st_mtime_ns} {stat.st_size}"
