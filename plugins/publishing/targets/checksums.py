"""Sums: the SHA-256 of every file that a host is to hold, and whether it holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plugins.publishing.release.compression import SUFFIXES
from plugins.publishing.release.inventory import PATH
from plugins.publishing.release.release import Release
from plugins.publishing.targets.target import TargetError


def sums(release: Release) -> dict[str, str]:
    """Return the SHA-256 of every file of ``release``, by its path: its packed forms and its inventory are among them.

    Raises:
        TargetError: when the folder is not what the inventory says.
    """
    known = {item.path: item.sha256 for item in release.inventory}
    packed = {item.path + SUFFIXES[coding] for item in release.inventory for coding in item.encodings}
    there = set(_files(release.folder))
    expected = {*known, *packed, PATH}
    if wrong := sorted(expected ^ there) or differing(release.folder, known):
        raise _damaged(release, wrong)
    if (release.folder / PATH).read_text(encoding="utf-8") != release.inventory.to_json():
        raise _damaged(release, [PATH])
    return {**known, **_of_all(release.folder, (*packed, PATH))}


def differing(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Return the paths of ``wanted``, in order, at which ``folder`` does not hold a file with that SHA-256."""
    found = _of_all(folder, wanted)
    return sorted(path for path, sum_ in wanted.items() if found[path] != sum_)


def sha256(file: Path) -> str:
    """Return the SHA-256 of ``file`` in hexadecimal digits; "" when it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def to_text(sums_: Mapping[str, str]) -> str:
    """Return ``sums_`` as the program `sha256sum -c` reads them."""
    return "".join(f"{sum_}  {path}\n" for path, sum_ in sorted(sums_.items()))


def from_text(text: str) -> dict[str, str]:
    """Return the sums that ``to_text`` wrote."""
    lines = (line.partition("  ") for line in text.splitlines())
    return {path: sum_ for sum_, _, path in lines}


def _of_all(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    paths = list(paths)
    with ThreadPoolExecutor() as pool:
        return dict(zip(paths, pool.map(lambda path: sha256(folder / path), paths), strict=True))


def _files(folder: Path) -> Iterable[str]:
    return (file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir())


def _damaged(release: Release, wrong: list[str]) -> TargetError:
    some = ", ".join(wrong[:3]) + (f" and {len(wrong) - 3} more" if len(wrong) > 3 else "")  # noqa: PLR2004 - three show what kind they are
    return TargetError(
        f"The release {release.inventory.id} in {release.folder} is damaged: {some} is missing, is not on its list, or "
        f"is not what was released. Nothing was sent. Delete that folder and make the release again.",
    )
