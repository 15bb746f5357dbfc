"""Test the replacement of the insert of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.base.fingerprint import Fingerprints
from plugins.engine.incremental.recorded_output_index import RecordedOutputIndex
from plugins.engine.incremental.snapshot import EMPTY, Snapshot, hash_of
from plugins.engine.incremental.state import Made, State, StatePart
from plugins.engine.output_index import FileRecord, WriteResult
from plugins.engine.outputs import HOLE, Filled, Hole, Insert, Output, Owner, Recipe


def page(title: str, insert: str, *, effect: bytes = b"same") -> Output:
    """Return the plan of a page with a title and an insert."""
    recipe = Recipe(
        (title, insert),
        lambda it: f"{it[0]}: {HOLE}, {it[1][:0]}end".encode(),
        lambda it: {"title": it[0], "insert": it[1]},
        lambda it: Insert(it[1].encode(), effect),
    )
    return Output("a.html", Owner("a.md"), recipe)


def built(folder: Path, output: Output, state: State | None = None, *, tampered: bool = False) -> RecordedOutputIndex:
    """Return the index of a build of ``output`` into ``folder`` after the one that left ``state``."""
    snapshot = Snapshot(lambda: EMPTY, [output.path] if tampered else [], touched=tampered)
    index = RecordedOutputIndex(state or State(), str(folder), snapshot, Fingerprints())
    index.up_to_date([output])
    return index


def state_of(folder: Path, output: Output) -> State:
    """Write the file of ``output`` as a first build does, and return the state that it leaves."""
    index = built(folder, output)
    assert index.refilled(output) is None
    data, hole = output.filled()
    (folder / output.path).write_bytes(data)
    index.record({output.path: FileRecord(hash_of(data).hex(), len(data), hole)}, WriteResult((), (), 0))
    return State(made=StatePart.of(index.made()), inserts=StatePart.of(index.inserts))


def test_an_insert_is_replaced_in_the_last_file(tmp_path: Path) -> None:
    """When only the insert changed, the new bytes are those of a rendered file, made of the last one."""
    state = state_of(tmp_path, page("Title", "old"))
    wanted = page("Title", "newer")
    expected = Filled(b"Title: newer, end", Hole.of(b"Title: newer, end", 7, 12))
    assert built(tmp_path, wanted, state).refilled(wanted) == wanted.filled() == expected


@pytest.mark.parametrize(
    "wanted", [page("Another", "newer"), page("Title", "newer", effect=b"other")], ids=["rest", "effect"]
)
def test_a_file_that_differs_otherwise_is_rendered(tmp_path: Path, wanted: Output) -> None:
    """When another input changed, or the rest depends on the insert, the file is rendered."""
    state = state_of(tmp_path, page("Title", "old"))
    assert built(tmp_path, wanted, state).refilled(wanted) is None


def test_a_file_that_is_not_as_it_was_written_is_rendered(tmp_path: Path) -> None:
    """A file that was changed, or is missing, is rendered, whether the scan saw it or not."""
    state, wanted = state_of(tmp_path, page("Title", "old")), page("Title", "newer")
    assert built(tmp_path, wanted, state, tampered=True).refilled(wanted) is None
    (tmp_path / "a.html").write_bytes(b"Tutle: old, end")
    assert built(tmp_path, wanted, state).refilled(wanted) is None
    (tmp_path / "a.html").unlink()
    assert built(tmp_path, wanted, state).refilled(wanted) is None


def test_a_file_with_two_places_is_rendered(tmp_path: Path) -> None:
    """A file with several places for its insert, or none, is rendered."""
    made: dict[str, Made] = {}
    for places in (0, 2):
        recipe = Recipe(
            places,
            lambda count: HOLE.encode() * count + b".",
            lambda count: {"places": count, "insert": "x"},
            lambda _: Insert(b"x", b""),
        )
        output = Output("a.html", Owner("a.md"), recipe)
        assert output.filled() == Filled(b"x" * places + b".")
        made |= state_of(tmp_path, output).made.value
        assert made["a.html"][3] is None
        assert built(tmp_path, output, state_of(tmp_path, output)).refilled(output) is None
