"""Simulate a terminal with typed lines."""

from __future__ import annotations

import io


class Terminal(io.StringIO):
    """Standard input with one answer on each line."""

    def isatty(self) -> bool:
        """Return True."""
        return True
