"""Atomic writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.base.atomic_write import replace_bytes


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    """The file has the new bytes and the old mode, and no temporary file remains."""
    file = tmp_path / "index.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace_bytes(file, b"new")
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_missing_file_and_folder_are_created(tmp_path: Path) -> None:
    """A missing file is created together with its folder."""
    replace_bytes(tmp_path / "register" / "withdrawn.yaml", b"- a\n")
    assert (tmp_path / "register" / "withdrawn.yaml").read_bytes() == b"- a\n"


def test_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    """The target of a symbolic link is replaced."""
    real, link = tmp_path / "real.md", tmp_path / "index.md"
    real.write_bytes(b"old")
    link.symlink_to(real)
    replace_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file is unchanged when the disk is full."""
    file = tmp_path / "index.md"
    file.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_bytes(file, b"new")
    assert file.read_bytes() == b"old"


def test_temporary_file_of_a_killed_run_is_deleted(tmp_path: Path) -> None:
    """The next write of a file deletes its old temporary files, and no others."""
    (tmp_path / ".index.md.abc123.new").write_bytes(b"half")
    (tmp_path / ".other.md.abc123.new").write_bytes(b"half")
    replace_bytes(tmp_path / "index.md", b"new")
    assert sorted(file.name for file in tmp_path.iterdir()) == [".other.md.abc123.new", "index.md"]


def test_a_failure_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, the new folders are removed, and the error names the file."""
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match=r"a/b/index\.md"):
        replace_bytes(tmp_path / "a" / "b" / "index.md", b"new")
    assert list(tmp_path.iterdir()) == []
