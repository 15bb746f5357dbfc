"""A terminal at which a person has typed some lines."""

from __future__ import annotations

import io


class Terminal(io.StringIO):
    """Answers, one a line."""

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True
