"""The gate runs every check, and fails when any of them does."""

from __future__ import annotations

import pytest

from tests.provisioning import gate


def test_a_failed_check_does_not_hide_the_next(capfd: pytest.CaptureFixture[str]) -> None:
    """All checks run; those that failed are named at the end, and the status is 1."""
    checks = (
        ("first", ("calendar", "no-such-year")),
        ("second", ("calendar", "2026", "11")),
        ("third", ("calendar", "2026", "13")),
    )
    with pytest.raises(SystemExit, match=r"^error: these checks failed: first, third$"):
        gate._run(checks)
    said = capfd.readouterr().out
    assert "checking second: calendar 2026 11" in said
    assert "November 2026" in said


def test_checks_that_pass_say_so_by_ending() -> None:
    """When every check passes, the gate returns."""
    gate._run([("only", ("calendar", "2026"))])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """The names and commands of the checks that would be run."""
    found: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(gate, "_run", lambda checks: found.extend((name, list(command)) for name, command in checks))
    return found


def test_the_gate_covers_style_formatting_types_and_tests(asked: list[tuple[str, list[str]]]) -> None:
    """The whole gate is lint, formatting, types and tests, and hands its arguments to pytest."""
    gate.check_all(["-k", "excerpt"])
    assert [name for name, _ in asked] == ["style", "formatting", "types", "tests"]
    assert asked[-1][1][0] == "pytest"
    assert asked[-1][1][-2:] == ["-k", "excerpt"]


def test_each_test_runs_once_and_some_run_alone(asked: list[tuple[str, list[str]]]) -> None:
    """Without arguments all tests are run: those marked ``alone`` in a process of their own, after the others."""
    gate.check_all()
    beside, alone = (command for name, command in asked if command[0] == "pytest")
    assert beside[-2:] == ["-m", "not alone"]
    assert alone == ["pytest", "-m", "alone"]
