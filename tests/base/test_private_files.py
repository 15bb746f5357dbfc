"""Private files: only their owner may read them, and only trusted ones are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.base import private_files


def mode(path: Path) -> int:
    """Return who may do what with ``path``."""
    return path.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def _anybody_may_read() -> None:
    """New files are for everybody, unless something is done about it."""
    os.umask(0o022)


def test_folders_are_for_their_owner(tmp_path: Path) -> None:
    """New folders are closed, and older ones from the top down; what lies above the top stays as it was."""
    top = tmp_path / "project" / "cache"
    top.mkdir(parents=True)
    private_files.make_folder(top / "builds" / "one", top)
    assert [mode(folder) for folder in (top / "builds" / "one", top / "builds", top)] == [0o700] * 3
    assert mode(top.parent) == 0o755


def test_folders_above_are_left_alone_without_a_top(tmp_path: Path) -> None:
    """Without a top, only the folder itself is closed, and those that are new."""
    (tmp_path / "old").mkdir()
    private_files.make_folder(tmp_path / "old" / "new" / "folder")
    assert [mode(tmp_path / path) for path in ("old", "old/new", "old/new/folder")] == [0o755, 0o700, 0o700]
    private_files.make_folder(tmp_path / "old")
    assert mode(tmp_path / "old") == 0o700


def test_a_top_that_is_not_above_closes_nothing_else(tmp_path: Path) -> None:
    """A folder beside the top, though its name begins with the top's, is no reason to close what lies above both."""
    (tmp_path / "cache-of-another").mkdir()
    private_files.make_folder(tmp_path / "cache-of-another" / "one", tmp_path / "cache")
    assert mode(tmp_path / "cache-of-another") == 0o755


def test_files_are_for_their_owner(tmp_path: Path) -> None:
    """A new file and an older one are closed to others, and hold what they held."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("x", encoding="utf-8")
    for file in (old, new):
        private_files.make_file(file)
        assert mode(file) == 0o600
    assert old.read_text(encoding="utf-8") == "x"


def test_what_others_can_have_written_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and its folder must be our own, and closed to the pens of others; others may read."""
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_text("x", encoding="utf-8")
    assert private_files.is_writable_by_us_alone(file)
    for place, usual in ((file, 0o644), (file.parent, 0o755)):
        for wide in (usual | 0o020, usual | 0o002):
            place.chmod(wide)
            assert not private_files.is_writable_by_us_alone(file)
        place.chmod(usual)
    assert private_files.is_writable_by_us_alone(file)
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    assert not private_files.is_writable_by_us_alone(file)
    assert not private_files.is_writable_by_us_alone(tmp_path / "missing")
