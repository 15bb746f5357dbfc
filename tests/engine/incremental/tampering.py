"""Tampering: what happens to an output and to what is remembered of it, from a slip to a file of another version."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from plugins.engine.output_index import MANIFEST, beside
from plugins.publishing.redirect_map import FILE
from tests.engine.incremental.comparing import KEPT
from tests.engine.incremental.editing import Edit, Scribe


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _made(scribe: Scribe) -> list[Path]:
    kept = scribe.output / KEPT
    return [file for file in _files(scribe.output) if kept not in file.parents]


def _clear(item: Path) -> None:
    if item.is_dir() and not item.is_symlink():
        shutil.rmtree(item)
    else:
        item.unlink()


def output_deleted(scribe: Scribe, chance: Random) -> None:
    """Delete files of the output, or a folder of them."""
    file = chance.choice(_made(scribe))
    _clear(file if chance.random() < 0.7 or file.parent == scribe.output else file.parent)


def output_tampered(scribe: Scribe, chance: Random) -> None:
    """Change a byte of a file of the output, but neither its length nor its time."""
    file = chance.choice([file for file in _made(scribe) if file.stat().st_size])
    before, data = file.stat(), bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def output_foreign(scribe: Scribe, chance: Random) -> None:
    """Put something into the output that is not of the site."""
    place = scribe.output / chance.choice(
        ("foreign.html", "articles/foreign/index.html", "foreign/a/b.txt", f"{KEPT}/x")
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("Foreign.\n", encoding="utf-8")
    (scribe.output / "foreign-and-empty").mkdir(exist_ok=True)


def output_replaced(scribe: Scribe, chance: Random) -> None:
    """Put a folder, a link or a file where the output has something else."""
    file = chance.choice(_made(scribe))
    what = chance.randrange(4)
    elsewhere = scribe.root.parent / f"elsewhere-{scribe.fresh()}"
    if what == 0:
        file.unlink()
        (file / "inside").mkdir(parents=True)
        (file / "inside/file.txt").write_text("Inside.\n", encoding="utf-8")
    elif what == 1:
        # The right bytes, but behind a link.
        file.rename(elsewhere)
        file.symlink_to(elsewhere)
    elif file.parent != scribe.output:
        folder = file.parent
        if what == 2:
            folder.rename(elsewhere)
            folder.symlink_to(elsewhere)
        else:
            shutil.rmtree(folder)
            folder.write_text("A file.\n", encoding="utf-8")
    else:
        file.unlink()
        file.symlink_to(scribe.root.parent / "nowhere")


def output_of_old(scribe: Scribe, chance: Random) -> None:
    """Put the first output of all in place of this one, its list of files with it or not."""
    shutil.rmtree(scribe.output)
    shutil.copytree(scribe.kept / "output", scribe.output, symlinks=True)
    if chance.random() < 0.5:
        shutil.rmtree(beside(scribe.output))
        shutil.copytree(beside(scribe.kept / "output"), beside(scribe.output))


def output_gone(scribe: Scribe, chance: Random) -> None:
    """Delete the whole output."""
    shutil.rmtree(scribe.output)


def manifest(scribe: Scribe, chance: Random) -> None:
    """Damage the list of the output's files."""
    file = beside(scribe.output) / MANIFEST
    data = file.read_bytes()
    file.write_bytes(chance.choice((b"", b"{}\n", b'{"files": {}}\n', b"\xff\0", data[: len(data) // 2], data[:-40])))


def answers_gone(scribe: Scribe, chance: Random) -> None:
    """Delete what is kept beside the output for releases."""
    (beside(scribe.output) / FILE).unlink()


def _memories(scribe: Scribe) -> Iterator[Path]:
    yield from (file for file in _files(scribe.cache) if file.stat().st_size)


def cache_cut(scribe: Scribe, chance: Random) -> None:
    """Cut off the end of what is remembered."""
    for file in _some(scribe, chance):
        data = file.read_bytes()
        file.write_bytes(data[: chance.randrange(len(data))])


def cache_flipped(scribe: Scribe, chance: Random) -> None:
    """Change a byte of what is remembered, and not its time."""
    for file in _some(scribe, chance):
        before, data = file.stat(), bytearray(file.read_bytes())
        data[chance.choice((0, chance.randrange(len(data)), len(data) - 1))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def cache_removed(scribe: Scribe, chance: Random) -> None:
    """Remove a part of what is remembered."""
    for file in _some(scribe, chance):
        file.unlink()


def _some(scribe: Scribe, chance: Random) -> list[Path]:
    """One file of each folder that remembers: pictures are many files, and must not be all that is hit."""
    by_folder: dict[Path, list[Path]] = {}
    for file in _memories(scribe):
        by_folder.setdefault(file.parent, []).append(file)
    return [chance.choice(files) for _, files in sorted(by_folder.items())]


def cache_gone(scribe: Scribe, chance: Random) -> None:
    """Forget everything."""
    shutil.rmtree(scribe.cache, ignore_errors=True)


def cache_of_old(scribe: Scribe, chance: Random) -> None:
    """Remember what was remembered after the first build of all."""
    shutil.rmtree(scribe.cache, ignore_errors=True)
    shutil.copytree(scribe.kept / "cache", scribe.cache)


def cache_foreign(scribe: Scribe, chance: Random) -> None:
    """Put what another version might have written where something is remembered."""
    for file in _some(scribe, chance):
        file.write_bytes(chance.choice((b"", b"fast_build 0\n", bytes(4096), b"\x80\x05N.", b"SQLite format 3\0")))
    (scribe.cache / "of-another-version").mkdir(parents=True, exist_ok=True)


OUTPUT_EDITS: tuple[Edit, ...] = (
    answers_gone, manifest, output_deleted, output_foreign, output_gone, output_of_old, output_replaced,
    output_tampered,
)  # fmt: skip
CACHE_EDITS: tuple[Edit, ...] = (
    cache_cut, cache_flipped, cache_foreign, cache_gone, cache_of_old, cache_removed,
)  # fmt: skip
