"""Test that a scan of a folder finds every change since the last scan."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.engine.incremental.snapshot import EMPTY, Snapshot, TreeRecord, after, hash_of, scan
from tests.examples import examples
from tests.sites.writing import write

#: Nanoseconds after the last change of any file.
_LATER = 10_000_000_000
_NAMES = ("a", "b/c", "b/d/e", "f/g")


def scan_later(top: Path, before: TreeRecord = EMPTY, *, follow: bool = True) -> Snapshot:
    """Scan a folder some time after it was last changed."""
    return scan(str(top), before, now=time.time_ns() + _LATER, follow=follow)


def test_changes_are_found(tmp_path: Path) -> None:
    """New, removed and modified files are reported, and no others."""
    write(tmp_path, {"same": "1", "gone": "2", "in/other": "3"})
    first = scan_later(tmp_path)
    assert first.changed == {"same", "gone", "in/", "in/other"}
    assert scan_later(tmp_path, first.record).changed == set()
    (tmp_path / "gone").unlink()
    write(tmp_path, {"in/other": "4", "in/new": "5"})
    assert scan_later(tmp_path, first.record).changed == {"gone", "in/other", "in/new"}


def test_a_restored_modification_time_hides_no_change(tmp_path: Path) -> None:
    """A modified file of the same length and modification time is detected."""
    file = tmp_path / "a"
    file.write_text("old", encoding="utf-8")
    stat = file.stat()
    first = scan_later(tmp_path)
    file.write_text("new", encoding="utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert scan_later(tmp_path, first.record).changed == {"a"}


def test_recent_files_get_no_signature(tmp_path: Path) -> None:
    """A file that changed within the resolution of the clock gets no signature."""
    (tmp_path / "a").write_text("1", encoding="utf-8")
    seen = scan(str(tmp_path), EMPTY, now=(tmp_path / "a").stat().st_ctime_ns + 1)
    assert seen.files["a"] == (b"", hash_of(b"1"))


def test_a_link_is_not_the_file_that_it_leads_to(tmp_path: Path) -> None:
    """Without ``follow`` (output), a link differs from its target. With it (content), it does not."""
    write(tmp_path, {"in/a": "1", "out": "1"})
    first = scan_later(tmp_path / "in", follow=False)
    (tmp_path / "in/a").unlink()
    (tmp_path / "in/a").symlink_to(tmp_path / "out")
    assert scan_later(tmp_path / "in", first.record, follow=False).changed == {"a"}
    assert scan_later(tmp_path / "in", first.record).changed == set()


def test_skipped_names(tmp_path: Path) -> None:
    """A skipped name is ignored at any depth, and one with a leading slash only at the top."""
    write(tmp_path, {"a/b": "1", "in/a/b": "2", "in/c": "3"})
    later = time.time_ns() + _LATER
    assert scan(str(tmp_path), EMPTY, now=later, skip=frozenset({"a"})).files.keys() == {"in/c"}
    assert scan(str(tmp_path), EMPTY, now=later, skip=frozenset({"/a"})).files.keys() == {"in/a/b", "in/c"}


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """A missing folder is empty, and its former files are reported as changed."""
    assert scan_later(tmp_path / "none").changed == set()
    write(tmp_path, {"in/a": "1"})
    first = scan_later(tmp_path / "in")
    (tmp_path / "in").rename(tmp_path / "elsewhere")
    assert scan_later(tmp_path / "in", first.record).changed == {"a"}


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from(["", "x", "y"])), max_size=8))
def test_the_computed_record_equals_a_scan(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str]]
) -> None:
    """The record that ``after`` computes without reading files equals that of a new scan."""
    top = tmp_path_factory.mktemp("top")
    write(top, {"kept/h": "0", "a": "0"})
    before = scan_later(top)
    for path, text in edits:
        if text:
            write(top, {path: text})
        elif (top / path).exists():
            (top / path).unlink()
            for folder in (top / path).parents:
                if folder != top and folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
    now = scan_later(top)
    files = {path: record[1] for path, record in now.files.items()}
    made = after(before.record, str(top), files, {path for path, _ in edits}, time.time_ns() + _LATER)
    assert made == now.record
