"""Run the checks of the code and the three tiers of tests.

The marker of a test chooses its tier: none for the first, ``real`` for tests that drive browsers, servers and other
programs that pip does not install, ``deep`` for tests that take minutes and run every night.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from tests.provisioning.setting_up import provision

ROOT = Path(__file__).resolve().parents[2]
#: Environment variable with the Hypothesis profile, ``quick`` or ``full``, for ``tests/examples.py``.
PROFILE = "HYPOTHESIS_PROFILE"


class Check(Struct, frozen=True):
    """One command that must end with status 0.

    Attributes:
        name: its name in the summary.
        command: a module and its arguments for ``python -m``.
    """

    name: str
    command: tuple[str, ...]


class Tier(Struct, frozen=True):
    """Tests that run together.

    Attributes:
        name: its name in the summary.
        marker: the marker expression that selects the tests.
        how: the command that runs the tier.
        what: what its tests need or do, for the summary.
        profile: the profile of Hypothesis.
    """

    name: str
    marker: str
    how: str
    what: str
    profile: str = "quick"


FIRST = Tier("first", "not real and not deep", ".venv/bin/inv test", "needs only what pip installs")
REAL = Tier("real", "real and not deep", ".venv/bin/inv test --real", "browsers, servers, feed readers, Node.js")
DEEP = Tier(
    "deep", "deep or hypothesis", ".venv/bin/inv test --deep", "mutants, kills, long rows of edits, every page", "full"
)
TIERS = (FIRST, REAL, DEEP)

CODE = (
    Check("style", ("ruff", "check", ".")),
    Check("formatting", ("ruff", "format", "--check", ".")),
    Check("types", ("mypy",)),
    Check("layers", ("tests.provisioning.layers",)),
)


def check_code() -> None:
    """Check style, formatting and types.

    Raises:
        SystemExit: when any of them fails.
    """
    _end([check.name for check in CODE if not _passes(check)])


def run_tiers(pytest_arguments: Sequence[str] = (), *, real: bool, deep: bool) -> None:
    """Run the requested tiers, or the first. Install missing programs where possible.

    Args:
        pytest_arguments: passed to pytest.
        real: True to run the tests that drive real programs.
        deep: True to run the tests that take minutes.

    Raises:
        SystemExit: when anything fails, or a program is missing.
    """
    if real or deep:
        provision()
    for tier, is_asked in ((REAL, real), (DEEP, deep), (FIRST, not real and not deep)):
        if is_asked:
            run(tier, pytest_arguments)


def run(tier: Tier, pytest_arguments: Sequence[str] = ()) -> None:
    """Run one tier of the tests. The first tier also checks the code.

    Args:
        tier: the tier to run.
        pytest_arguments: passed to pytest.

    Raises:
        SystemExit: when anything fails.
    """
    failed: list[str] = []
    with _outside_unchanged(failed):
        if tier is FIRST:
            # Mypy uses one processor for half a minute while pytest uses the other.
            with _start_checks(CODE) as running:
                tests_pass = _tests_pass(tier, pytest_arguments)
                failed += [
                    check.name for check, process, output in running if not _check_passed(check, process, output)
                ]
        else:
            tests_pass = _tests_pass(tier, pytest_arguments)
        failed += [] if tests_pass else ["tests"]
    for other in TIERS:
        if other is not tier:
            print(f"not run: the tier {other.name} ({other.what}); run it with  {other.how}", flush=True)
    _end(failed)


def _tests_pass(tier: Tier, arguments: Sequence[str]) -> bool:
    """Run the tests of a tier in parallel, then timed tests one by one. Only one tier has timed tests."""
    if arguments:
        return _passes(_pytest(tier.name, tier.marker, "-n", "auto", *arguments), tier.profile)
    beside = _pytest(tier.name, f"({tier.marker}) and not alone", "-n", "auto", "--dist", "worksteal")
    passed = _passes(beside, tier.profile)
    if tier is not DEEP:
        return passed
    return _passes(_pytest("deep, one at a time", f"({tier.marker}) and alone"), tier.profile) and passed


def _pytest(name: str, marker: str, *arguments: str) -> Check:
    return Check(f"tests ({name})", ("pytest", "-q", "-m", marker, *arguments))


def _passes(check: Check, profile: str = "quick") -> bool:
    print(f"checking {check.name}: {' '.join(check.command)}", flush=True)
    environment = {**os.environ, PROFILE: profile}
    # Without compiled modules every command that a test starts would compile the project again.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    status = subprocess.run(_command(check), cwd=ROOT, env=environment, check=False).returncode
    return status == 0


def _command(check: Check) -> list[str]:
    # Programs of this environment come first on PATH.
    return [sys.executable, "-m", *check.command]


@contextmanager
def _start_checks(checks: Sequence[Check]) -> Iterator[list[tuple[Check, subprocess.Popen[bytes], IO[bytes]]]]:
    """Start checks whose output is shown when they have ended."""
    running: list[tuple[Check, subprocess.Popen[bytes], IO[bytes]]] = []
    try:
        for check in checks:
            output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
            process = subprocess.Popen(_command(check), cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
            running.append((check, process, output))
        yield running
    finally:
        for _, process, output in running:
            process.kill()
            process.wait()
            output.close()


def _check_passed(check: Check, process: subprocess.Popen[bytes], output: IO[bytes]) -> bool:
    print(f"checking {check.name}: {' '.join(check.command)}", flush=True)
    status = process.wait()
    output.seek(0)
    print(output.read().decode(errors="replace"), end="", flush=True)
    return status == 0


@contextmanager
def _outside_unchanged(failed: list[str]) -> Iterator[None]:
    """Report a failure when the file system root or the home folder has other entries afterwards."""
    folders = (Path(ROOT.anchor), Path.home())
    before = {folder: _names(folder) for folder in folders}
    yield
    for folder, names in before.items():
        if changed := sorted(names ^ _names(folder)):
            print(f"error: the run changed what lies in {folder}: {', '.join(changed)}", flush=True)
            failed.append("nothing written outside")


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _end(failed: Sequence[str]) -> None:
    if failed:
        sys.exit(f"error: these checks failed: {', '.join(failed)}")
