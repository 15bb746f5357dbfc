"""The gate: every check that a change must pass, in one run."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_CODE = (
    ("style", ("ruff", "check", ".")),
    ("formatting", ("ruff", "format", "--check", ".")),
    ("types", ("mypy",)),
)
_SIDE_BY_SIDE = ("pytest", "-n", "auto", "--dist", "worksteal")


def check_code() -> None:
    """Check style, formatting and types.

    Raises:
        SystemExit: when any of them fails.
    """
    _run(_CODE)


def check_all(pytest_arguments: Sequence[str] = ()) -> None:
    """Check style, formatting and types, then run the tests; a failure of one does not hide the others.

    The tests run side by side, but those marked ``alone``.

    Args:
        pytest_arguments: handed to pytest, which then runs side by side all tests that they choose.

    Raises:
        SystemExit: when any of them fails.
    """
    if pytest_arguments:
        _run((*_CODE, ("tests", (*_SIDE_BY_SIDE, *pytest_arguments))))
    else:
        alone = ("tests that run alone", ("pytest", "-m", "alone"))
        _run((*_CODE, ("tests", (*_SIDE_BY_SIDE, "-m", "not alone")), alone))


def _run(checks: Sequence[tuple[str, Sequence[str]]]) -> None:
    failed: list[str] = []
    for name, (program, *arguments) in checks:
        print(f"checking {name}: {' '.join((program, *arguments))}", flush=True)
        # The programs of this environment, whatever PATH says.
        if subprocess.run([sys.executable, "-m", program, *arguments], cwd=_ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"error: these checks failed: {', '.join(failed)}")
