"""The memo: what a step asked is noted, so that nothing that it rests on can change unseen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from plugins.authoring.preview.memory_cache import MemoryCache
from plugins.base.cache import NoCache

SOURCES: dict[str, Any] = {"names": {"a": 1, "b": 2}, "known": frozenset({"x"}), "length": len}


def asked(sources: Mapping[str, Any]) -> object:
    """Ask in every way."""
    names, known = sources["names"], sources["known"]
    return (names["a"], names.get("c"), "b" in names, "x" in known, "y" in known, sources["length"]("four"))


def test_a_step_is_done_once_while_its_inputs_are_the_same() -> None:
    """The same inputs give the result that is there; others do the step again."""
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
def test_a_step_is_done_again_when_an_answer_that_it_was_given_changes(change: dict[str, Any], again: bool) -> None:
    """What was asked decides, missing things too; what was not asked may change."""
    memory = MemoryCache()
    memory.get_or_compute_tracked("step", (), SOURCES, asked)
    before = memory.made
    memory.get_or_compute_tracked("step", (), {**SOURCES, **change}, asked)
    assert (memory.made > before) == again


def test_whoever_asks_for_all_is_asked_again_when_there_is_more() -> None:
    """Iterating and counting rest on every key."""
    memory = MemoryCache()
    for step in (lambda found: list(found["names"]), lambda found: len(found["known"])):
        memory.get_or_compute_tracked(str(step), (), SOURCES, step)
        before = memory.made
        more = {"names": {**SOURCES["names"], "c": 3}, "known": SOURCES["known"] | {"y"}, "length": len}
        memory.get_or_compute_tracked(str(step), (), more, step)
        assert memory.made == before + 1


def test_what_cannot_be_compared_is_done_again() -> None:
    """Inputs without a hash are never trusted."""
    memory = MemoryCache()
    assert [memory.get_or_compute("step", ([],), partial(int, given)) for given in "12"] == [1, 2]


def test_what_no_build_used_is_forgotten() -> None:
    """A result that two finished builds in a row did not use is gone."""
    memory = MemoryCache()
    memory.get_or_compute("step", 1, lambda: "first")
    memory.forget()
    assert memory.get_or_compute("step", 1, lambda: "second") == "first"
    memory.forget()
    memory.forget()
    assert memory.get_or_compute("step", 1, lambda: "third") == "third"


def test_a_build_on_its_own_remembers_nothing() -> None:
    """Without a memo each step is done, with the sources as they are."""
    cache = NoCache()
    assert [cache.get_or_compute("step", 1, partial(int, given)) for given in "12"] == [1, 2]
    assert cache.get_or_compute_tracked("step", 1, SOURCES, lambda found: found["names"] is SOURCES["names"])
