"""What one run works out, the next may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.content_model.memory import FileMemory, Memory, NoMemory, fingerprint


def test_what_is_kept_is_recalled_by_the_next_run(tmp_path: Path) -> None:
    """A value is recalled by its key; what a whole run did not ask for is forgotten, what a part did not, is not."""
    memory = FileMemory(tmp_path)
    memory.keep("a", "one", [1])
    memory.keep("a", "two", [2])
    memory.write(all_seen=True)
    memory = FileMemory(tmp_path)
    assert memory.recall("a", "one") == [1]
    memory.keep("a", "three", [3])
    memory.write(all_seen=False)
    assert FileMemory(tmp_path).recall("a", "two") == [2]
    memory.write(all_seen=True)
    assert FileMemory(tmp_path).recall("a", "two") is None


@pytest.mark.parametrize("data", [b"", b"x", b"\x80\x05", b"cnowhere\nNothing\n."])
def test_a_spoilt_file_is_as_none(data: bytes, tmp_path: Path) -> None:
    """What cannot be read is forgotten without a word."""
    (tmp_path / "a.pickle").write_bytes(data)
    assert FileMemory(tmp_path).recall("a", "one") is None


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is remembered."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    memory = FileMemory(tmp_path / "file")
    memory.keep("a", "one", 1)
    memory.write(all_seen=True)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_build_remembers_nothing() -> None:
    """Without a memory, what is kept is forgotten at once."""
    memory: Memory = NoMemory()
    memory.keep("a", "one", 1)
    assert memory.recall("a", "one") is None


def test_parts_are_kept_apart() -> None:
    """The same characters cut otherwise give another key."""
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
