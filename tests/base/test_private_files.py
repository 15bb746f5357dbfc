"""Test that private files are readable by their owner only, and that only trusted ones are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.base import private_files


def mode(path: Path) -> int:
    """Return the permission bits of ``path``."""
    return path.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def _open_umask() -> None:
    """Set a umask with which new files are readable by all."""
    os.umask(0o022)


def test_folders_are_private(tmp_path: Path) -> None:
    """New folders are private, and so are existing ones from the top down. Those above the top do not change."""
    top = tmp_path / "project" / "cache"
    top.mkdir(parents=True)
    private_files.make_folder(top / "builds" / "one", top)
    assert [mode(folder) for folder in (top / "builds" / "one", top / "builds", top)] == [0o700] * 3
    assert mode(top.parent) == 0o755


def test_without_a_top_parents_do_not_change(tmp_path: Path) -> None:
    """Without a top, only the folder itself and new folders become private."""
    (tmp_path / "old").mkdir()
    private_files.make_folder(tmp_path / "old" / "new" / "folder")
    assert [mode(tmp_path / path) for path in ("old", "old/new", "old/new/folder")] == [0o755, 0o700, 0o700]
    private_files.make_folder(tmp_path / "old")
    assert mode(tmp_path / "old") == 0o700


def test_a_top_elsewhere_changes_no_parent(tmp_path: Path) -> None:
    """A top that is not a parent of the folder changes no parent, even if its path is a prefix of the folder's."""
    (tmp_path / "cache-of-another").mkdir()
    private_files.make_folder(tmp_path / "cache-of-another" / "one", tmp_path / "cache")
    assert mode(tmp_path / "cache-of-another") == 0o755


def test_files_are_private(tmp_path: Path) -> None:
    """A new file and an existing one become private and keep their content."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("x", encoding="utf-8")
    for file in (old, new):
        private_files.make_file(file)
        assert mode(file) == 0o600
    assert old.read_text(encoding="utf-8") == "x"


def test_files_that_others_can_write_are_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trusted file and its folder belong to the user and are writable by nobody else. Others may read them."""
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
