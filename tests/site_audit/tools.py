"""Hold the paths of the programs that the engines run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: The folder of the npm packages.
PACKAGES = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Tools:
    """The paths of the programs.

    Attributes:
        chromium: the browser for most rules.
        chromium_flags: its command-line flags.
        firefox: the second browser.
        nginx: serves the site.
        openssl: makes the certificate.
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
