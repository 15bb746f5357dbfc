"""What a build leaves for the next is read as it was written, or not at all."""

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
    StatePart.of({"a": (b"1", b"2", 3)}),
)  # fmt: skip


def opened(state: State) -> tuple[Any, ...]:
    """Return all that ``state`` holds."""
    *head, trees, made = state
    return (*head, {top: tree.value for top, tree in trees.items()}, made.value)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A state comes back as it was; where there is none, it is empty."""
    STATE.write(str(tmp_path / "below" / "state"))
    assert opened(read(str(tmp_path / "below" / "state"))) == opened(STATE)
    assert opened(read(str(tmp_path / "none"))) == opened(State())


def test_what_was_read_is_written_unopened(tmp_path: Path) -> None:
    """A state that nobody looked into is written again as it was."""
    file = tmp_path / "state"
    STATE.write(str(file))
    # What is written depends on how often Python holds each value: a constant is held more often.
    read(str(file)).write(str(file))
    first = file.read_bytes()
    read(str(file)).write(str(file))
    assert file.read_bytes() == first
    assert opened(read(str(file))) == opened(STATE)


def test_a_damaged_state_is_as_none(tmp_path: Path) -> None:
    """Wherever a byte is changed or the file is cut off, what is damaged is as empty, and nothing else is believed."""
    file = tmp_path / "state"
    STATE.write(str(file))
    whole = file.read_bytes()
    right, none = opened(STATE), opened(State())
    for at in range(len(whole)):
        for damaged in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[:at]):
            file.write_bytes(damaged)
            *head, trees, made = opened(read(str(file)))
            assert (*head, trees, made) != right
            if (*head, trees, made) != none:
                assert tuple(head) == right[:-2]
                assert trees["top"] in (SEEN, EMPTY)
                assert trees["output"] in (OTHER, EMPTY)
                assert made in (right[-1], {})


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is left for the next build."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    STATE.write(str(tmp_path / "file" / "state"))
    assert (tmp_path / "file").read_text(encoding="utf-8") == ""


def test_no_variable_of_the_environment_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands for a question holds no value, changes with what can matter to a build, and with nothing else."""
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


def test_what_other_versions_left_is_taken_away(tmp_path: Path) -> None:
    """A state of another version, which may hold all of the environment, goes with the next build into any output."""
    for name, data in (("old", b"\0SECRET=hunter2"), ("empty", b"")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "state").write_bytes(data)
    for name in ("new", "newer"):
        STATE.write(str(tmp_path / name / "state"))
    assert {file.parent.name for file in tmp_path.glob("*/state")} == {"new", "newer"}


def test_a_state_that_others_can_have_written_is_as_none(tmp_path: Path) -> None:
    """A state that others may write to, or that lies in a folder where they may, is not believed."""
    file = tmp_path / "below" / "state"
    STATE.write(str(file))
    for place, narrow, wide in ((file, 0o600, 0o620), (file.parent, 0o700, 0o702)):
        place.chmod(wide)
        assert opened(read(str(file))) == opened(State())
        place.chmod(narrow)
        assert opened(read(str(file))) == opened(STATE)
