"""Hold the paths of the programs that the engines run."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

#: The folder of the npm packages.
PACKAGES = Path(__file__).resolve().parent


class Tools(Struct, frozen=True):
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
