"""What a build leaves for the next is read whole or not at all."""

from __future__ import annotations

from pathlib import Path

from plugins.fast_build.state import State, read

STATE = State(
    ("asked",), "2026-11-23", "Europe/London", {"top": ({}, {})}, {"a": (b"1", b"2", 3)}, 1, "told", (".git",)
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A state comes back as it was; where there is none, it is empty."""
    STATE.write(str(tmp_path / "below" / "state"))
    assert read(str(tmp_path / "below" / "state")) == STATE
    assert read(str(tmp_path / "none")) == State()


def test_a_damaged_state_is_as_none(tmp_path: Path) -> None:
    """Wherever a byte is changed or the file is cut off, nothing of it is believed."""
    file = tmp_path / "state"
    STATE.write(str(file))
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert read(str(file)) == State()
        file.write_bytes(whole[:at])
        assert read(str(file)) == State()


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is left for the next build."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    STATE.write(str(tmp_path / "file" / "state"))
    assert (tmp_path / "file").read_text(encoding="utf-8") == ""
