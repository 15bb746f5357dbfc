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


def test_the_gate_covers_style_formatting_types_and_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole gate is lint, formatting, types and tests, and hands its arguments to pytest."""
    asked: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(gate, "_run", lambda checks: asked.extend((name, list(command)) for name, command in checks))
    gate.check_all(["-k", "excerpt"])
    assert [name for name, _ in asked] == ["style", "formatting", "types", "tests"]
    assert asked[-1][1][0] == "pytest"
    assert asked[-1][1][-2:] == ["-k", "excerpt"]
