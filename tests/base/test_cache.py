"""The cache interface: results are computed again when their inputs or lookups change."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from plugins.base.cache import Computation, NoCache
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


class _Counted(dict[str, int]):
    """A mapping that counts the keys that are looked up."""

    asked = 0

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of ``key``."""
        self.asked += 1
        return super().get(key, default)


def test_lookups_in_an_unchanged_source_are_not_repeated() -> None:
    """``get_or_compute_many`` repeats the lookups in changed sources alone, and a function is always called."""
    memory, calls = MemoryCache(), list[str]()

    def asked_of(names: dict[str, int], others: dict[str, int]) -> tuple[list[str], int, int]:
        calls.clear()
        one, two = _Counted(names), _Counted(others)
        sources: dict[str, Any] = {"names": one, "others": two, "called": calls.append}

        def looked_up(found: Mapping[str, Any], key: str) -> object:
            return found["names"].get(key), found["others"].get(key), found["called"](key)

        memory.get_or_compute_many("step", sources, [Computation(key, partial(looked_up, key=key)) for key in "abc"])
        return sorted(calls), one.asked, two.asked

    assert asked_of({"a": 1}, {"b": 2}) == (["a", "b", "c"], 3, 3)
    assert asked_of({"a": 1}, {"b": 2}) == (["a", "b", "c"], 0, 0)
    assert asked_of({"a": 1}, {"b": 2, "d": 4}) == (["a", "b", "c"], 0, 3)


def test_many_steps_are_computed_as_without_a_cache() -> None:
    """However sources change between calls, also back to what they were, the results are those without a cache."""
    rng = random.Random(7)  # noqa: S311 - a series of changes, not a secret
    memory, sources = MemoryCache(), {name: dict.fromkeys("abcd", 0) for name in ("one", "two")}
    sets = {"known": frozenset("ab")}

    def looked_up(found: Mapping[str, Any], key: str) -> object:
        first = found["one"].get(key)
        return (first, found["two"].get(key) if first else "a" in found["known"], tuple(found["one"]))

    jobs = [Computation(key, partial(looked_up, key=key)) for key in "abcd"]
    for _ in range(200):
        name = rng.choice(["one", "two", "known", "none"])
        if name == "known":
            sets["known"] = frozenset(rng.sample("abc", 2))
        elif name != "none":
            sources[name] = dict(rng.sample([*{**sources[name], rng.choice("abcd"): rng.randrange(3)}.items()], 4))
        given: dict[str, Any] = {**sources, **sets}
        wanted = rng.sample(jobs, rng.randint(1, 4))
        assert memory.get_or_compute_many("step", given, wanted) == NoCache().get_or_compute_many("step", given, wanted)


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
