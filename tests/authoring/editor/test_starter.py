"""Test the file that starts the editor on a double click."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from plugins.authoring.editor.starter import make, starter


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in a folder with a space, whose `inv` prints its working directory and arguments."""
    program = tmp_path / "the site" / ".venv" / "bin" / "inv"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$(pwd): $*"\n')
    program.chmod(0o755)
    return tmp_path / "the site"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
def test_on_a_mac_it_runs_from_wherever_it_is_opened(root: Path, tmp_path: Path) -> None:
    """It runs in the project's folder."""
    name, text = starter("darwin", root)
    (root / name).write_text(text)
    done = subprocess.run(["sh", str(root / name)], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == f"{root}: write\n"


def test_on_linux_the_entry_names_program_and_folder(root: Path) -> None:
    """The desktop entry follows the specification."""
    _, text = starter("linux", root)
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(text)
    found = entry["Desktop Entry"]
    command = shlex.split(found["Exec"])
    done = subprocess.run(command, cwd=found["Path"], capture_output=True, text=True, check=True)
    assert done.stdout == f"{root}: write\n"


def test_on_windows_lines_end_as_its_shell_wants(root: Path) -> None:
    """Lines end with CR LF, and the window stays open so that an error can be read."""
    name, text = starter("win32", root)
    assert name == "Write.bat"
    assert text.count("\r\n") == text.count("\n")
    assert text.endswith("pause\r\n")


def test_it_is_written_so_that_it_can_be_opened(root: Path) -> None:
    """It has the name for this system, and can be executed."""
    file = make(root)
    assert file.parent == root
    assert file.name == starter(sys.platform, root)[0]
    assert os.access(file, os.X_OK)
