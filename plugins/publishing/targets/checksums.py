"""Compute and compare the SHA-256 of every file that a host must hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plugins.publishing.release.compression import SUFFIXES
from plugins.publishing.release.inventory import PATH
from plugins.publishing.release.release import Release
from plugins.publishing.targets.target import TargetError


def release_checksums(release: Release) -> dict[str, str]:
    """Return the SHA-256 of every file of ``release`` by path, including compressed forms and the inventory.

    Raises:
        TargetError: if the folder differs from the inventory.
    """
    recorded = {item.path: item.sha256 for item in release.inventory}
    compressed = {item.path + SUFFIXES[coding] for item in release.inventory for coding in item.encodings}
    present = set(_files(release.folder))
    expected = {*recorded, *compressed, PATH}
    if differing := sorted(expected ^ present) or mismatched(release.folder, recorded):
        raise _damaged(release, differing)
    if (release.folder / PATH).read_text(encoding="utf-8") != release.inventory.to_json():
        raise _damaged(release, [PATH])
    return {**recorded, **_checksums(release.folder, (*compressed, PATH))}


def mismatched(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    """Return the sorted paths of ``wanted`` at which ``folder`` has no file with that SHA-256."""
    found = _checksums(folder, wanted)
    return sorted(path for path, checksum in wanted.items() if found[path] != checksum)


def sha256(file: Path) -> str:
    """Return the SHA-256 of ``file`` in hexadecimal digits, or "" if it cannot be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def to_sha256sum(checksums: Mapping[str, str]) -> str:
    """Return the checksums in the format of `sha256sum -c`."""
    return "".join(f"{checksum}  {path}\n" for path, checksum in sorted(checksums.items()))


def from_sha256sum(text: str) -> dict[str, str]:
    """Parse the output of ``to_sha256sum``."""
    lines = (line.partition("  ") for line in text.splitlines())
    return {path: checksum for checksum, _, path in lines}


def _checksums(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    paths = list(paths)
    with ThreadPoolExecutor() as pool:
        return dict(zip(paths, pool.map(lambda path: sha256(folder / path), paths), strict=True))


def _files(folder: Path) -> Iterable[str]:
    return (file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir())


def _damaged(release: Release, differing: list[str]) -> TargetError:
    some = ", ".join(differing[:3]) + (f" and {len(differing) - 3} more" if len(differing) > 3 else "")  # noqa: PLR2004 - three show what kind they are
    return TargetError(
        f"The release {release.inventory.id} in {release.folder} is damaged: {some} is missing, is not on its list, or "
        f"is not what was released. Nothing was sent. Delete that folder and make the release again.",
    )
