"""Terminal: how commands name folders and numbers to the person who typed them."""

from __future__ import annotations

from pathlib import Path


def shown(folder: Path) -> str:
    """Return the folder as a person at this terminal would name it: from where they are, if it lies below."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(folder)


def counted(number: int, noun: str) -> str:
    """Return ``1 page``, ``2,000 pages``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
