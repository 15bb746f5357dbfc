"""Values that may still lie where they were stored, and what stands for values."""

from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from plugins.base.fingerprint import FingerprintOnce, Fingerprints, Lazy, fingerprint

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@dataclass(frozen=True, slots=True)
class Card(FingerprintOnce):
    """Something that many pages show."""

    title: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Other(FingerprintOnce):
    """Something else with the same fields."""

    title: str
    day: dt.date


def test_a_value_is_asked_for_once() -> None:
    """What is lazy is made when it is first asked for, and not again; its digest alone asks for nothing."""
    asked: list[int] = []

    def make() -> str:
        asked.append(1)
        return "text"

    lazy = Lazy(make, b"digest")
    assert (lazy.digest, asked) == (b"digest", [])
    assert [lazy.value, lazy.value] == ["text", "text"]
    assert asked == [1]


@given(_VALUES)
def test_a_copy_counts_as_the_same(value: object) -> None:
    """What is handed to another process is equal to what it was, and has the same digest."""
    lazy = Lazy.of(value)
    copy = pickle.loads(pickle.dumps(lazy))  # noqa: S301 - our own
    assert copy == lazy
    assert copy.value == value


@given(_VALUES, _VALUES)
def test_other_values_have_other_fingerprints(one: object, other: object) -> None:
    """Two values share a fingerprint if they are written the same, and only then."""
    assert (fingerprint(one) == fingerprint(other)) == (repr(one) == repr(other))
    assert fingerprint(one) == Fingerprints().of(one)


def test_shared_parts_count_by_what_they_hold() -> None:
    """Equal parts are the same, though they be two; another field, or another kind, is another."""
    day = dt.date(2026, 11, 23)
    prints = Fingerprints()
    card = Card("A", day)
    assert prints.of((card, card)) == prints.of((Card("A", day), card))
    assert len({prints.of((part,)) for part in (card, Card("B", day), Other("A", day), ("A", day))}) == 4
