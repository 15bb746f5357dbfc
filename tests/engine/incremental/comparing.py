"""Read all files of a folder, and describe how two folders differ."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

#: Kept in an output folder by ``OUTPUT_RETENTION``.
KEPT = ".git"
_SHOWN = 12


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below ``folder``. Links and empty folders have a description instead."""
    return dict(_contents(folder, ""))


def _contents(folder: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(os.scandir(folder), key=lambda item: item.name):
        path = f"{prefix}{item.name}"
        if path == KEPT:
            continue
        if item.is_symlink():
            yield path, f"a link to {Path(item.path).readlink()}".encode()
        elif item.is_dir():
            inside = dict(_contents(Path(item.path), f"{path}/"))
            yield from inside.items() if inside else [(f"{path}/", b"an empty folder")]
        else:
            yield path, Path(item.path).read_bytes()


def differences(found: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> list[str]:
    """Return lines for each file that differs, with its first difference. Empty if all are equal."""
    report: list[str] = []
    paths = sorted(path for path in {*found, *wanted} if found.get(path) != wanted.get(path))
    for path in paths[:_SHOWN]:
        if path not in wanted:
            report.append(f"{path}: is there, and should not be")
        elif path not in found:
            report.append(f"{path}: is missing")
        else:
            report += [f"{path}: differs", *_first_difference(found[path], wanted[path])]
    if len(paths) > _SHOWN:
        report.append(f"and {len(paths) - _SHOWN} more")
    return report


def _first_difference(found: bytes, wanted: bytes) -> Iterator[str]:
    if b"\0" in found[:1000] + wanted[:1000]:
        at = next((n for n, (one, other) in enumerate(zip(found, wanted, strict=False)) if one != other), "the end")
        yield f"    from byte {at}: {len(found)} bytes, {len(wanted)} wanted"
        return
    lines, others = found.splitlines(), wanted.splitlines()
    number = next(
        (n for n, (one, other) in enumerate(zip(lines, others, strict=False)) if one != other),
        min(len(lines), len(others)),
    )
    yield f"    line {number + 1} is      {_cut(lines, number, others)}"
    yield f"    line {number + 1} wanted  {_cut(others, number, lines)}"


def _cut(lines: list[bytes], number: int, others: list[bytes]) -> str:
    """Return the part of a line where it begins to differ, because a page may be one long line."""
    if number >= len(lines):
        return "(there is none)"
    line, other = lines[number], others[number] if number < len(others) else b""
    same = next((n for n, (one, two) in enumerate(zip(line, other, strict=False)) if one != two), len(other))
    start = max(0, same - 40)
    return repr(line[start : start + 160].decode(errors="replace"))
