"""The cache interface: results are computed again when their inputs or lookups change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from plugins.base.cache import NoCache
from plugins.engine.cache.memory import MemoryCache

SOURCES: dict[str, Any] = {"names": {"a": 1, "b": 2}, "known": frozenset({"x"}), "length": len}


def look_everything_up(sources: Mapping[str, Any]) -> object:
    """Make one lookup of each kind."""
    names, known = sources["names"], sources["known"]
    return (names["a"], names.get("c"), "b" in names, "x" in known, "y" in known, sources["length"]("four"))


def test_step_is_computed_once_for_the_same_inputs() -> None:
    """The same step and inputs return the cached result. Others are computed."""
    memory = MemoryCache()
    assert memory.get_or_compute("step", (1, "a"), lambda: "first") == "first"
    assert memory.get_or_compute("step", (1, "a"), lambda: "second") == "first"
    assert memory.get_or_compute("step", (2, "a"), lambda: "third") == "third"
    assert memory.get_or_compute("other", (1, "a"), lambda: "fourth") == "fourth"


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({}, False),
        ({"names": {"a": 1, "b": 3, "d": 4}}, False),
        ({"known": frozenset({"x", "z"})}, False),
        ({"names": {"a": 9, "b": 2}}, True),
        ({"names": {"a": 1, "b": 2, "c": 3}}, True),
        ({"names": {"a": 1}}, True),
        ({"known": frozenset()}, True),
        ({"known": frozenset({"x", "y"})}, True),
        ({"length": lambda text: len(text) + 1}, True),
    ],
)
def test_step_is_computed_again_when_a_lookup_changes(change: dict[str, Any], again: bool) -> None:
    """A changed result of a lookup invalidates, also of a missing key. Keys that were not looked up may change."""
    memory = MemoryCache()
    memory.get_or_compute_tracked("step", (), SOURCES, look_everything_up)
    before = memory.made
    memory.get_or_compute_tracked("step", (), {**SOURCES, **change}, look_everything_up)
    assert (memory.made > before) == again


def test_iteration_depends_on_every_key() -> None:
    """A new key invalidates a step that iterates over or counts the keys."""
    memory = MemoryCache()
    for step in (lambda found: list(found["names"]), lambda found: len(found["known"])):
        memory.get_or_compute_tracked(str(step), (), SOURCES, step)
        before = memory.made
        more = {"names": {**SOURCES["names"], "c": 3}, "known": SOURCES["known"] | {"y"}, "length": len}
        memory.get_or_compute_tracked(str(step), (), more, step)
        assert memory.made == before + 1


def test_unhashable_inputs_are_not_cached() -> None:
    """A step with inputs that have no hash is computed every time."""
    memory = MemoryCache()
    assert [memory.get_or_compute("step", ([],), partial(int, given)) for given in "12"] == [1, 2]


def test_unused_results_are_forgotten() -> None:
    """A result is dropped when two builds in a row did not use it."""
    memory = MemoryCache()
    memory.get_or_compute("step", 1, lambda: "first")
    memory.forget()
    assert memory.get_or_compute("step", 1, lambda: "second") == "first"
    memory.forget()
    memory.forget()
    assert memory.get_or_compute("step", 1, lambda: "third") == "third"


def test_no_cache_computes_every_time() -> None:
    """``NoCache`` computes each step, with the sources themselves."""
    cache = NoCache()
    assert [cache.get_or_compute("step", 1, partial(int, given)) for given in "12"] == [1, 2]
    assert cache.get_or_compute_tracked("step", 1, SOURCES, lambda found: found["names"] is SOURCES["names"])
