"""Test that the state file is read back exactly, or ignored if it is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.engine.incremental.options import BuildOptions
from plugins.engine.incremental.snapshot import EMPTY, TreeRecord
from plugins.engine.incremental.state import State, StatePart, read

SEEN: TreeRecord = ({"": (b"s", ("a",), ())}, {"a": (b"s", b"h")})
OTHER: TreeRecord = ({"": (b"t", (), ("below",)), "below": (b"u", (), ())}, {})
STATE = State(
    {"the environment": b"digest"}, "2026-11-23", "Europe/London", 1, "told", (".git",),
    {"top": StatePart.of(SEEN), "output": StatePart.of(OTHER)},
    StatePart.of({"a": (b"1", b"2", 3, (4, 5, b"6", b"7"))}), StatePart.of({b"1": (b"2", b"3")}),
)  # fmt: skip


def opened(state: State) -> tuple[Any, ...]:
    """Return the decoded parts of ``state``."""
    *head, trees, made, inserts = state
    return (*head, {top: tree.value for top, tree in trees.items()}, made.value, inserts.value)


def test_a_state_is_read_as_written(tmp_path: Path) -> None:
    """A state is read as it was written. A missing file gives an empty one."""
    STATE.write(str(tmp_path / "below" / "state"))
    assert opened(read(str(tmp_path / "below" / "state"))) == opened(STATE)
    assert opened(read(str(tmp_path / "none"))) == opened(State())


def test_undecoded_parts_are_written_unchanged(tmp_path: Path) -> None:
    """A state whose parts were not decoded is written unchanged."""
    file = tmp_path / "state"
    STATE.write(str(file))
    # marshal's output depends on reference counts, which are higher for constants.
    read(str(file)).write(str(file))
    first = file.read_bytes()
    read(str(file)).write(str(file))
    assert file.read_bytes() == first
    assert opened(read(str(file))) == opened(STATE)


def test_damaged_parts_are_empty(tmp_path: Path) -> None:
    """Wherever a byte changes or the file is truncated, damaged parts are empty and the others are unchanged."""
    file = tmp_path / "state"
    STATE.write(str(file))
    whole = file.read_bytes()
    right, none = opened(STATE), opened(State())
    for at in range(len(whole)):
        for damaged in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[:at]):
            file.write_bytes(damaged)
            *head, trees, made, inserts = opened(read(str(file)))
            assert (*head, trees, made, inserts) != right
            if (*head, trees, made, inserts) != none:
                assert tuple(head) == right[:-3]
                assert trees["top"] in (SEEN, EMPTY)
                assert trees["output"] in (OTHER, EMPTY)
                assert made in (right[-2], {})
                assert inserts in (right[-1], {})


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """A folder that cannot be written is ignored."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    STATE.write(str(tmp_path / "file" / "state"))
    assert (tmp_path / "file").read_text(encoding="utf-8") == ""


def test_no_variable_of_the_environment_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of the options changes only with relevant variables, and contains no value."""
    monkeypatch.setenv("TZ", "Europe/London")
    key = BuildOptions().key
    monkeypatch.setenv("A_TOKEN", "hunter2")
    assert BuildOptions().key == key
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    other = BuildOptions().key
    assert {name for name in key if other[name] != key[name]} == {"the environment"}
    STATE._replace(key=other).write(str(tmp_path / "state"))
    written = (tmp_path / "state").read_bytes()
    assert not [value for value in (b"hunter2", b"A_TOKEN", b"Kiritimati") if value in written]


def test_states_of_other_versions_are_deleted(tmp_path: Path) -> None:
    """A state of another version, which may contain the environment, is deleted by the next build."""
    for name, data in (("old", b"\0SECRET=hunter2"), ("empty", b"")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "state").write_bytes(data)
    for name in ("new", "newer"):
        STATE.write(str(tmp_path / name / "state"))
    assert {file.parent.name for file in tmp_path.glob("*/state")} == {"new", "newer"}


def test_a_state_that_others_can_write_is_ignored(tmp_path: Path) -> None:
    """A state that is writable for others, or in a folder that is, is ignored."""
    file = tmp_path / "below" / "state"
    STATE.write(str(file))
    for place, narrow, wide in ((file, 0o600, 0o620), (file.parent, 0o700, 0o702)):
        place.chmod(wide)
        assert opened(read(str(file))) == opened(State())
        place.chmod(narrow)
        assert opened(read(str(file))) == opened(STATE)
