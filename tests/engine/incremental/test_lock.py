"""Test that only one build at a time writes to an output folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from plugins.engine.incremental.lock import lock
from tests.sites.building import ROOT

#: Locks a folder, prints whether it waited, and holds the lock until the end of its input.
_HOLD = """
import sys
from pathlib import Path
from plugins.engine.incremental.lock import lock
with lock(Path(sys.argv[1])) as waited:
    print(waited, flush=True)
    sys.stdin.read()
"""


def holding(output: Path) -> subprocess.Popen[str]:
    """Start a process that takes the lock of ``output``."""
    command = [sys.executable, "-c", _HOLD, str(output)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload,no-any-return]


def line(stream: object) -> str:
    """Return the next line of a pipe."""
    return str(stream.readline()).strip()  # type: ignore[attr-defined]


def end(process: subprocess.Popen[str]) -> None:
    """Close the input of a process, and wait for its end."""
    assert process.communicate(timeout=60)[1] == ""
    assert process.returncode == 0


@pytest.mark.parametrize("there", [True, False])
def test_builds_into_two_folders_run_side_by_side(there: bool, tmp_path: Path) -> None:
    """Folders with the same parent have separate locks, whether they exist or not."""
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders if there else ():
        folder.mkdir()
    processes = [holding(folder) for folder in folders]
    assert [line(process.stdout) for process in processes] == ["False", "False"]
    for process in processes:
        end(process)
    assert [folder.exists() for folder in folders] == [there, there]


@pytest.mark.parametrize("fills", [True, False])
def test_the_second_build_into_a_folder_waits(fills: bool, tmp_path: Path) -> None:
    """It prints that it waits, and begins after the first ends, even if the first removed its empty folder."""
    output = tmp_path / "a" / "site"
    first = holding(output)
    assert line(first.stdout) == "False"
    second = holding(output)
    assert line(second.stderr).startswith("Another build is writing here")
    if fills:
        (output / "index.html").touch()
    end(first)
    assert line(second.stdout) == "True"
    assert output.is_dir()
    end(second)
    assert output.exists() == fills


def test_a_folder_that_cannot_be_made_locks_nobody(tmp_path: Path) -> None:
    """A file in place of the folder is left to the build, which reports it."""
    (tmp_path / "file").touch()
    for output in (tmp_path / "file", tmp_path / "file" / "site"):
        with lock(output) as waited:
            assert not waited
