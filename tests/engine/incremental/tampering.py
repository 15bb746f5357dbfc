"""Edits of the output and of the cache: deleted, damaged, replaced and outdated files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from plugins.engine.output_index import MANIFEST, beside
from plugins.publishing.redirect_map import FILE
from tests.engine.incremental.comparing import KEPT
from tests.engine.incremental.editing import Edit, Project


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _made(project: Project) -> list[Path]:
    kept = project.output / KEPT
    return [file for file in _files(project.output) if kept not in file.parents]


def _clear(item: Path) -> None:
    if item.is_dir() and not item.is_symlink():
        shutil.rmtree(item)
    else:
        item.unlink()


def output_deleted(project: Project, rng: Random) -> None:
    """Delete a file or a folder of the output."""
    file = rng.choice(_made(project))
    _clear(file if rng.random() < 0.7 or file.parent == project.output else file.parent)


def output_tampered(project: Project, rng: Random) -> None:
    """Change a byte of an output file without changing its length or modification time."""
    file = rng.choice([file for file in _made(project) if file.stat().st_size])
    before, data = file.stat(), bytearray(file.read_bytes())
    data[rng.randrange(len(data))] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def output_foreign(project: Project, rng: Random) -> None:
    """Add foreign files to the output."""
    place = project.output / rng.choice(("foreign.html", "articles/foreign/index.html", "foreign/a/b.txt", f"{KEPT}/x"))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("Foreign.\n", encoding="utf-8")
    (project.output / "foreign-and-empty").mkdir(exist_ok=True)


def output_replaced(project: Project, rng: Random) -> None:
    """Replace a file or folder of the output by a folder, a link or a file."""
    file = rng.choice(_made(project))
    what = rng.randrange(4)
    elsewhere = project.root.parent / f"elsewhere-{project.fresh()}"
    if what == 0:
        file.unlink()
        (file / "inside").mkdir(parents=True)
        (file / "inside/file.txt").write_text("Inside.\n", encoding="utf-8")
    elif what == 1:
        # A link to a file with the right bytes.
        file.rename(elsewhere)
        file.symlink_to(elsewhere)
    elif file.parent != project.output:
        folder = file.parent
        if what == 2:
            folder.rename(elsewhere)
            folder.symlink_to(elsewhere)
        else:
            shutil.rmtree(folder)
            folder.write_text("A file.\n", encoding="utf-8")
    else:
        file.unlink()
        file.symlink_to(project.root.parent / "nowhere")


def output_of_old(project: Project, rng: Random) -> None:
    """Restore the very first output, with or without its manifest."""
    shutil.rmtree(project.output)
    shutil.copytree(project.kept / "output", project.output, symlinks=True)
    if rng.random() < 0.5:
        shutil.rmtree(beside(project.output))
        shutil.copytree(beside(project.kept / "output"), beside(project.output))


def output_gone(project: Project, rng: Random) -> None:
    """Delete the whole output."""
    shutil.rmtree(project.output)


def manifest(project: Project, rng: Random) -> None:
    """Damage the manifest of the output."""
    file = beside(project.output) / MANIFEST
    data = file.read_bytes()
    file.write_bytes(rng.choice((b"", b"{}\n", b'{"files": {}}\n', b"\xff\0", data[: len(data) // 2], data[:-40])))


def answers_gone(project: Project, rng: Random) -> None:
    """Delete the redirect map beside the output."""
    (beside(project.output) / FILE).unlink()


def _memories(project: Project) -> Iterator[Path]:
    yield from (file for file in _files(project.cache) if file.stat().st_size)


def cache_cut(project: Project, rng: Random) -> None:
    """Truncate files of the cache."""
    for file in _some(project, rng):
        data = file.read_bytes()
        file.write_bytes(data[: rng.randrange(len(data))])


def cache_flipped(project: Project, rng: Random) -> None:
    """Change a byte of cache files without changing their modification times."""
    for file in _some(project, rng):
        before, data = file.stat(), bytearray(file.read_bytes())
        data[rng.choice((0, rng.randrange(len(data)), len(data) - 1))] ^= 1 << rng.randrange(8)
        file.write_bytes(data)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def cache_removed(project: Project, rng: Random) -> None:
    """Remove files of the cache."""
    for file in _some(project, rng):
        file.unlink()


def _some(project: Project, rng: Random) -> list[Path]:
    """Return one file of each cache folder, so that not only pictures are chosen."""
    by_folder: dict[Path, list[Path]] = {}
    for file in _memories(project):
        by_folder.setdefault(file.parent, []).append(file)
    return [rng.choice(files) for _, files in sorted(by_folder.items())]


def cache_gone(project: Project, rng: Random) -> None:
    """Delete the cache."""
    shutil.rmtree(project.cache, ignore_errors=True)


def cache_of_old(project: Project, rng: Random) -> None:
    """Restore the cache of the very first build."""
    shutil.rmtree(project.cache, ignore_errors=True)
    shutil.copytree(project.kept / "cache", project.cache)


def cache_foreign(project: Project, rng: Random) -> None:
    """Replace cache files by files that other versions could have written."""
    for file in _some(project, rng):
        file.write_bytes(rng.choice((b"", b"state 0\n", bytes(4096), b"\x80\x05N.", b"SQLite format 3\0")))
    (project.cache / "of-another-version").mkdir(parents=True, exist_ok=True)


OUTPUT_EDITS: tuple[Edit, ...] = (
    answers_gone, manifest, output_deleted, output_foreign, output_gone, output_of_old, output_replaced,
    output_tampered,
)  # fmt: skip
CACHE_EDITS: tuple[Edit, ...] = (
    cache_cut, cache_flipped, cache_foreign, cache_gone, cache_of_old, cache_removed,
)  # fmt: skip
