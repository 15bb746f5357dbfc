"""Format paths and numbers for the output of commands."""

from __future__ import annotations

from pathlib import Path


def display_path(folder: Path) -> str:
    """Return ``folder`` relative to the working directory if it is below it, else as it is."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(folder)


def pluralise(number: int, noun: str) -> str:
    """Return ``number`` and ``noun`` with a plural s where needed: ``1 page``, ``2,000 pages``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
