"""What a fast build ends with equals a build from nothing, whatever was done before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.incremental.building import Ended, Order, Workplace
from tests.engine.incremental.rows import LENGTH, Row, Step, dealt, first_difference, read

#: Steps in every run of the tests; ``python -m tests.engine.incremental STEPS SEED`` takes as many as asked.
_STEPS = 24
_SEED = 1


@pytest.mark.deep
@pytest.mark.parametrize("row", dealt(_STEPS, _SEED), ids=range(_STEPS // LENGTH))
def test_any_row_of_edits_ends_as_a_build_from_nothing_does(row: list[Step], tmp_path: Path) -> None:
    """After each edit every file of the output is that of a build from nothing, and no other file is there."""
    assert first_difference(row, tmp_path) == []


class _Forgetful(Workplace):
    """Leaves one file as it was."""

    def build(self, *orders: Order, fresh: bool = False) -> list[Ended]:
        """Build, and put the old file back in the first output."""
        file = orders[0].output / "index.html"
        before = file.read_bytes()
        ended = super().build(*orders, fresh=fresh)
        file.write_bytes(before)
        return ended


@pytest.mark.deep
def test_a_file_that_stays_as_it_was_is_told(tmp_path: Path) -> None:
    """The proof itself can fail: a stale file, one that is missing and one too many are told by name."""
    with Row(tmp_path) as row, _Forgetful(row.scribe.root) as forgetful:
        assert row.begin() == []
        true, row.workspace = row.workspace, forgetful
        told, *lines = row.take(Step("newest_title", 1))
        row.workspace = true
        assert told == "index.html: differs"
        assert "The newest" in "".join(lines)
        assert row.compared() == []
        row.scribe.output.joinpath("404.html").unlink()
        row.scribe.output.joinpath("more.html").touch()
        assert row.end() == ["404.html: is missing", "more.html: is there, and should not be"]


def test_steps_are_read_as_they_are_told() -> None:
    """What is told of a row can be asked for again, and a slip is explained."""
    for row in dealt(200, 3):
        assert read(" ".join(map(str, row))) == row
    with pytest.raises(ValueError, match="there is no edit bodies; they are: add, "):
        Step.read("bodies:1")
