"""Read the source lines that reports of problems quote."""

from __future__ import annotations

from pathlib import Path

from plugins.base.files import read_file
from plugins.base.line_ends import unix_line_ends


class SourceLines:
    """The lines of the files of a content folder. Each file is read once.

    Args:
        content: the content folder.
    """

    def __init__(self, content: Path) -> None:
        self._content = content
        self._files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        """Return line ``number`` (from 1) of the file ``path``, or None if there is no such line."""
        if path not in self._files:
            self._files[path] = lines_of(self._content / path)
        lines = self._files[path]
        return lines[number - 1] if number <= len(lines) else None


def lines_of(file: Path) -> list[str]:
    """Return the lines of ``file``, with U+FFFD for bytes that are not UTF-8; [] for binary or unreadable files."""
    try:
        data = read_file(file)
    except OSError:
        return []
    return [] if b"\0" in data else unix_line_ends(data.decode("utf-8", "replace")).split("\n")
