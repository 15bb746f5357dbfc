"""Simulate a terminal."""

from __future__ import annotations

import io


class Terminal(io.StringIO):
    """A stream that is a terminal: standard input with one answer on each line, or an output."""

    def isatty(self) -> bool:
        """Return True."""
        return True
