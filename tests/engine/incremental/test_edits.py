"""Test that an incremental build equals a build from nothing after random edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.incremental.building import BuildJob, BuildResult, ProjectBuilder
from tests.engine.incremental.rows import LENGTH, Row, Step, first_difference, random_rows, read

#: Steps in a run of the tests. ``python -m tests.engine.incremental STEPS SEED`` takes any number.
_STEPS = 24
_SEED = 1


@pytest.mark.deep
@pytest.mark.parametrize("row", random_rows(_STEPS, _SEED), ids=range(_STEPS // LENGTH))
def test_any_row_of_edits_ends_as_a_build_from_nothing_does(row: list[Step], tmp_path: Path) -> None:
    """After each edit, the output has exactly the files of a build from nothing."""
    assert first_difference(row, tmp_path) == []


class _StaleBuilder(ProjectBuilder):
    """Leaves one file stale, as a faulty incremental build would."""

    def build(self, *jobs: BuildJob, fresh: bool = False) -> list[BuildResult]:
        """Build, and restore the old file in the first output."""
        file = jobs[0].output / "index.html"
        before = file.read_bytes()
        ended = super().build(*jobs, fresh=fresh)
        file.write_bytes(before)
        return ended


@pytest.mark.deep
def test_a_stale_file_is_detected(tmp_path: Path) -> None:
    """The comparison detects a stale, a missing and an additional file, by name."""
    with Row(tmp_path) as row, _StaleBuilder(row.project.root) as stale:
        assert row.begin() == []
        true, row.workspace = row.workspace, stale
        heading, *lines = row.take(Step("newest_title", 1))
        row.workspace = true
        assert heading == "index.html: differs"
        assert "The newest" in "".join(lines)
        assert row.compared() == []
        row.project.output.joinpath("404.html").unlink()
        row.project.output.joinpath("more.html").touch()
        assert row.end() == ["404.html: is missing", "more.html: is there, and should not be"]


def test_printed_steps_can_be_parsed() -> None:
    """The printed form of a row can be parsed, and an unknown edit is an error."""
    for row in random_rows(200, 3):
        assert read(" ".join(map(str, row))) == row
    with pytest.raises(ValueError, match="there is no edit bodies; they are: add, "):
        Step.read("bodies:1")
