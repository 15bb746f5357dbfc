"""Test that each test is in one tier and that every failure is reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.provisioning import tiers
from tests.provisioning.tiers import DEEP, FIRST, REAL, TIERS, Check


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Return the list of commands that would run. Every command ends with status 0."""
    found: list[tuple[str, ...]] = []
    monkeypatch.setattr(tiers, "CODE", (Check("nothing", ("calendar", "2026")),))

    def passes(check: Check, *_: object, **__: object) -> bool:
        found.append(check.command)
        return True

    monkeypatch.setattr(tiers, "_passes", passes)
    return found


def test_a_failed_check_does_not_hide_the_next(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All checks of the code run. The failed ones are named at the end, and the status is 1."""
    checks = (
        Check("first", ("calendar", "no-such-year")),
        Check("second", ("calendar", "2026", "11")),
        Check("third", ("calendar", "2026", "13")),
    )
    monkeypatch.setattr(tiers, "CODE", checks)
    with pytest.raises(SystemExit, match=r"^error: these checks failed: first, third$"):
        tiers.check_code()
    said = capfd.readouterr().out
    assert "checking second: calendar 2026 11" in said
    assert "November 2026" in said


def test_each_tier_runs_its_own_tests_and_names_the_others(
    commands: list[tuple[str, ...]], capfd: pytest.CaptureFixture[str]
) -> None:
    """Each tier passes its marker to pytest and names the other tiers. The deep tier runs timed tests separately."""
    for tier in TIERS:
        commands.clear()
        tiers.run(tier)
        beside, *alone = ([word for word in command if tier.marker in word] for command in commands)
        assert beside == [f"({tier.marker}) and not alone"]
        assert alone == ([[f"({tier.marker}) and alone"]] if tier is DEEP else [])
        told = re.findall(r"not run: the tier (\w+) .*; run it with  (.*)", capfd.readouterr().out)
        assert told == [(other.name, other.how) for other in TIERS if other is not tier]


def test_arguments_reach_pytest(commands: list[tuple[str, ...]]) -> None:
    """Arguments select tests of the tier."""
    tiers.run(REAL, ["-k", "excerpt"])
    assert commands == [("pytest", "-q", "-m", REAL.marker, "-n", "auto", "-k", "excerpt")]


def test_a_failed_check_fails_the_first_tier(commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The first tier fails when the tests pass and a check of the code fails."""
    monkeypatch.setattr(tiers, "CODE", (Check("types", ("calendar", "2026", "13")),))
    with pytest.raises(SystemExit, match=r"^error: these checks failed: types$"):
        tiers.run(FIRST)


def test_a_file_left_in_the_home_folder_fails_the_run(
    commands: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A run fails when it leaves a file in the home folder, and names the file."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    def passes(*_: object, **__: object) -> bool:
        (tmp_path / "index.html").touch()
        return True

    monkeypatch.setattr(tiers, "_passes", passes)
    with pytest.raises(SystemExit, match=r"^error: these checks failed: nothing written outside$"):
        tiers.run(DEEP)
    assert f"changed what lies in {tmp_path}: index.html" in capfd.readouterr().out
