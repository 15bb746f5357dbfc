"""The programs that the engines run. The caller says where they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: The folder that holds the npm packages of the checkers.
PACKAGES = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Tools:
    """Where each program is.

    Attributes:
        chromium: the browser that most rules are read in.
        chromium_flags: with which it starts.
        firefox: the other browser.
        nginx: serves the site as a host would.
        openssl: makes a certificate for it.
        node: runs the checkers from npm.
        java: runs the Nu HTML checker.
    """

    chromium: Path
    chromium_flags: tuple[str, ...]
    firefox: Path
    nginx: Path
    openssl: Path
    node: Path
    java: Path

    @staticmethod
    def package(path: str) -> Path:
        """Return the file ``path`` of the npm packages."""
        return PACKAGES / "node_modules" / path
