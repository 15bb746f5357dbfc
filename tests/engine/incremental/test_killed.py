"""Test that killed and concurrent builds do not damage later ones."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from tests.engine.incremental.editing import add
from tests.engine.incremental.killing import Killing, built_at_once
from tests.engine.incremental.rows import Row
from tests.engine.incremental.surroundings import template
from tests.engine.incremental.texts import newest_title

#: Killed builds in a run of the tests. ``python -m tests.engine.incremental --kill TIMES SEED`` takes any number.
_TIMES = 5


@pytest.mark.deep
def test_after_a_death_at_any_moment_the_next_build_is_right(tmp_path: Path) -> None:
    """After a build is killed at any moment, the next one equals a build from nothing."""
    with Killing(tmp_path, 1) as killing:
        for _ in range(_TIMES):
            report, found = killing.kill_once()
            assert found == [], report


@pytest.mark.deep
def test_concurrent_builds(tmp_path: Path) -> None:
    """Concurrent builds that share an output or a cache succeed or give an error, and the next build is correct."""
    rng = Random(1)  # noqa: S311 - an edit, not a secret
    with Row(tmp_path) as row:
        assert row.begin() == []
        job = row.job()
        other = replace(job, setup=replace(job.setup, settings={"SITENAME": "Another"}))
        for edit, jobs in (
            (add, (job, job)),
            (newest_title, (job, other)),
            (template, (job, replace(other, output=tmp_path / "other"))),
        ):
            edit(row.project, rng)
            assert built_at_once(row, *jobs) == []
