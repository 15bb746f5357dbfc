"""Test the dictionary and the set of limited size."""

from __future__ import annotations

from plugins.base.bounded import BoundedDict, BoundedSet


def test_a_full_dictionary_is_emptied() -> None:
    """A new key empties a full dictionary. A key that it holds does not."""
    kept = BoundedDict[str, int](2)
    kept["a"] = 1
    kept["b"] = 2
    kept["a"] = 3
    assert kept == {"a": 3, "b": 2}
    kept["c"] = 4
    assert kept == {"c": 4}


def test_a_full_set_is_emptied() -> None:
    """A new item empties a full set. An item that it holds does not."""
    kept = BoundedSet[str](2)
    for item in "aba":
        kept.add(item)
    assert kept == {"a", "b"}
    kept.add("c")
    assert kept == {"c"}
