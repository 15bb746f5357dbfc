"""Install programs from Python's index; constraints.txt pins their versions."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path

from tests.provisioning.programs import Missing, last_lines, run

_CONSTRAINTS = Path(__file__).resolve().parents[2] / "constraints.txt"


def install_package(name: str) -> None:
    """Install the package ``name`` into this environment.

    Raises:
        Missing: when that fails.
    """
    print(f"setting up: pip install {name}", flush=True)
    done = run([sys.executable, "-m", "pip", "install", "-q", "-c", str(_CONSTRAINTS), name])
    importlib.invalidate_caches()
    if done.returncode:
        raise Missing(f"`pip install {name}` failed:\n{last_lines(done.stdout)}\n{by_hand(name)}")


def by_hand(name: str) -> str:
    """Return a sentence with the command that installs the package ``name`` by hand."""
    return f"Install it by hand: .venv/bin/pip install -c constraints.txt {name}"


def program_of(module: str, path: str) -> Path | None:
    """Return the program at ``path`` in the folder of the installed ``module``, or None."""
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        return None
    program = Path(found.origin).parent / path
    return program if program.is_file() else None
