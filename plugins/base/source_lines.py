"""Source lines: the lines of the files of a content folder, for showing a problem where it stands."""

from __future__ import annotations

from pathlib import Path

from plugins.base.files import read_file


class SourceLines:
    """Reads each file once.

    Args:
        content: the content folder.
    """

    def __init__(self, content: Path) -> None:
        self._content = content
        self._files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        """Return line ``number`` of the file ``path``, as well as it can be read; None where there is none."""
        if path not in self._files:
            self._files[path] = lines_of(self._content / path)
        lines = self._files[path]
        return lines[number - 1] if number <= len(lines) else None


def lines_of(file: Path) -> list[str]:
    """Return the lines of ``file``, as well as they can be read; none of a picture or another file that is no text."""
    try:
        data = read_file(file)
    except OSError:
        return []
    return [] if b"\0" in data else data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
