"""Packing."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.packing import joined, pack, postings
from tests.search.unpacking import unpacked

STEMS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=40)
PAGES = st.dictionaries(st.integers(0, 200_000), st.integers(0, 3), min_size=1, max_size=20)


@given(st.dictionaries(STEMS, PAGES, max_size=20))
def test_what_is_packed_can_be_read(found: dict[str, dict[int, int]]) -> None:
    """Any words on any pages are read back as they were, and JSON adds a byte to none of the signs."""
    listed = {stem: sorted(pages.items()) for stem, pages in found.items()}
    text = joined(pack(listed))
    assert unpacked(text) == listed
    assert len(json.dumps(text, ensure_ascii=False)) == len(text) + 2


def test_near_pages_take_a_byte_each() -> None:
    """A word on pages that are near each other takes one byte a page, and its beginning is not repeated."""
    first, signs, second, _ = joined(pack({"relaps": [(0, 3), (4, 0), (15, 1)], "relat": [(10_000, 2)]})).split(" ")
    assert (first, second, len(signs)) == ("0relaps", "4t", 3)


def test_pages_are_listed_by_stem() -> None:
    """Each stem leads to its pages, in order."""
    assert postings(["a1 b0", "", "a2"]) == {"a": [(0, 1), (2, 2)], "b": [(0, 0)]}
