"""Test that the same content gives the same bytes on any machine at any time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.building import CONTENT, ROOT, SITES, command, snapshot

#: Each test starts commands in separate processes.
pytestmark = pytest.mark.real

#: Run Pelican with the clock set to the first argument.
_TRAVELLER = """
import datetime, sys, time_machine, pelican

with time_machine.travel(datetime.datetime.fromisoformat(sys.argv[1]), tick=True):
    pelican.main(sys.argv[2:])
"""


def build(content: Path, output: Path, moment: str, **environment: str) -> dict[str, bytes]:
    """Build ``content`` at ``moment`` and return the files."""
    arguments = [sys.executable, "-c", _TRAVELLER, moment, *command(content, output)[3:]]
    done = subprocess.run(
        arguments, cwd=ROOT, env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return snapshot(output)


@pytest.mark.parametrize("content", [CONTENT, SITES / "full"], ids=["content", "full"])
def test_two_builds_are_byte_identical(content: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, language and time change no byte of any file, the manifest included."""
    one = build(content, tmp_path / "one", "2026-11-23T10:00:00+00:00", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    other = build(
        content,
        tmp_path / "other",
        "2031-02-28T23:59:00+00:00",
        PYTHONHASHSEED="4242",
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        PYTHONUTF8="0",
    )
    assert one.keys() == other.keys()
    assert [path for path, data in one.items() if other[path] != data] == []


def test_the_day_of_the_build_is_an_input(tmp_path: Path) -> None:
    """Another AS_OF at the same time gives another site, with the entries published by then."""
    early = snapshot_as_of(tmp_path / "early", "2026-11-23")
    late = snapshot_as_of(tmp_path / "late", "2026-11-24")
    assert "articles/future/index.html" not in early
    assert "articles/future/index.html" in late


def snapshot_as_of(output: Path, day: str) -> dict[str, bytes]:
    """Return the files of a build of ``sites/full`` on ``day``."""
    subprocess.run(command(SITES / "full", output, AS_OF=day), cwd=ROOT, capture_output=True, check=True)
    return snapshot(output)


def test_no_file_holds_a_path_of_this_machine(tmp_path: Path) -> None:
    """No file of the output contains a path of the machine that built it."""
    files = build(SITES / "full", tmp_path / "output", "2026-11-23T10:00:00+00:00")
    for path, data in files.items():
        assert str(ROOT).encode() not in data, path
        assert str(tmp_path).encode() not in data, path
