"""Source lines: the lines of the files of a content folder, for showing a problem where it stands."""

from __future__ import annotations

from pathlib import Path


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
            try:
                text = (self._content / path).read_text(encoding="utf-8", errors="replace")
            except OSError:
                self._files[path] = []
            else:
                self._files[path] = text.split("\n")
        lines = self._files[path]
        return lines[number - 1] if number <= len(lines) else None
