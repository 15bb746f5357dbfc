"""Test that the same content gives the same bytes on any machine at any time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites.building import CONTENT, ROOT, SITES, Built, build_here, command, snapshot

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


@pytest.mark.parametrize(("content", "site"), [(CONTENT, "real"), (SITES / "full", "full")], ids=["content", "full"])
def test_two_builds_are_byte_identical(
    content: Path, site: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Hash seed, time zone, language, time and process change no byte of any file, the manifest included."""
    built: Built = request.getfixturevalue(site)
    one = snapshot(built.output)
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


def test_the_day_of_the_build_is_an_input(full: Built, tmp_path: Path) -> None:
    """Another AS_OF at the same time gives another site, with the entries published by then."""
    late = build_here(SITES / "full", tmp_path / "late", AS_OF="2026-11-24")
    assert not full.has("/articles/future/")
    assert late.has("/articles/future/")


def test_no_file_holds_a_path_of_this_machine(full: Built) -> None:
    """No file of the output contains a path of the machine that built it."""
    for path, data in snapshot(full.output).items():
        assert str(ROOT).encode() not in data, path
        assert str(full.output.parent).encode() not in data, path
