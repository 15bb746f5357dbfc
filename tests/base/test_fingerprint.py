"""Fingerprints and lazily loaded values."""

from __future__ import annotations

import datetime as dt
import pickle

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from plugins.base.fingerprint import FingerprintOnce, Fingerprints, Lazy, fingerprint

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


class Card(FingerprintOnce, Struct, frozen=True):
    """Something that many pages show."""

    title: str
    day: dt.date


class Other(FingerprintOnce, Struct, frozen=True):
    """Something else with the same fields."""

    title: str
    day: dt.date


def test_value_is_loaded_once() -> None:
    """A lazy value is loaded on first use, and only then. Its digest does not load it."""
    calls: list[int] = []

    def make() -> str:
        calls.append(1)
        return "text"

    lazy = Lazy(make, b"digest")
    assert (lazy.digest, calls) == (b"digest", [])
    assert [lazy.value, lazy.value] == ["text", "text"]
    assert calls == [1]


@given(_VALUES)
def test_pickled_copy_is_equal(value: object) -> None:
    """A lazy value that was pickled for another process is equal to the original."""
    lazy = Lazy.of(value)
    copy = pickle.loads(pickle.dumps(lazy))  # noqa: S301 - our own
    assert copy == lazy
    assert copy.value == value


@given(_VALUES, _VALUES)
def test_fingerprints_differ_with_values(one: object, other: object) -> None:
    """Two values have the same fingerprint if and only if their ``repr`` is the same."""
    assert (fingerprint(one) == fingerprint(other)) == (repr(one) == repr(other))
    assert fingerprint(one) == Fingerprints().of(one)


def test_shared_parts_compare_by_value() -> None:
    """Equal parts have the same fingerprint. Parts with another field or of another class have another."""
    day = dt.date(2026, 11, 23)
    prints = Fingerprints()
    card = Card("A", day)
    assert prints.of((card, card)) == prints.of((Card("A", day), card))
    assert len({prints.of((part,)) for part in (card, Card("B", day), Other("A", day), ("A", day))}) == 4
