"""A build that dies, or that is not alone, harms nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.engine.incremental.editing import add
from tests.engine.incremental.killing import Killing, built_at_once
from tests.engine.incremental.rows import Row
from tests.engine.incremental.surroundings import template
from tests.engine.incremental.texts import newest_title

#: Deaths in every run of the tests; ``python -m tests.engine.incremental --kill TIMES SEED`` takes as many as asked.
_TIMES = 5


@pytest.mark.deep
def test_after_a_death_at_any_moment_the_next_build_is_right(tmp_path: Path) -> None:
    """Killed while it reads, makes, remembers or puts in place: the next build ends as one from nothing does."""
    with Killing(tmp_path, 1) as killing:
        for _ in range(_TIMES):
            said, found = killing.kill_once()
            assert found == [], said


@pytest.mark.deep
def test_builds_at_once_do_no_harm(tmp_path: Path) -> None:
    """Two builds at once that share an output, a memory or both end well or say why not, and the next one is right."""
    chance = Random(1)  # noqa: S311 - an edit, not a secret
    with Row(tmp_path) as row:
        assert row.begin() == []
        order = row.order()
        other = replace(order, wish=replace(order.wish, settings={"SITENAME": "Another"}))
        for edit, orders in (
            (add, (order, order)),
            (newest_title, (order, other)),
            (template, (order, replace(other, output=tmp_path / "other"))),
        ):
            edit(row.scribe, chance)
            assert built_at_once(row, *orders) == []
