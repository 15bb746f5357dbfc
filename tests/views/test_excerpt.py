"""Excerpts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.views.excerpt import excerpt

_WORDS = st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30), max_size=60).map(
    " ".join
)


def test_the_summary_goes_first() -> None:
    """What the author wrote as a summary is the excerpt, whatever the text."""
    assert excerpt("Mine.", "A paragraph.") == "Mine."


@pytest.mark.parametrize("summary", [None, ""])
def test_a_short_paragraph_is_the_excerpt(summary: str | None) -> None:
    """Without a summary a paragraph that fits is shown whole, its white space made one space."""
    assert excerpt(summary, "A short\n paragraph. ") == "A short paragraph."


@pytest.mark.parametrize(
    ("paragraph", "length", "cut"),
    [
        ("one two three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one, two three", 8, "one…"),
        ("one (two three", 6, "one…"),
        ("one – two three", 7, "one…"),
        ("incomprehensibilities", 8, "incompr…"),
    ],
)
def test_a_long_paragraph_is_cut_at_a_word(paragraph: str, length: int, cut: str) -> None:
    """The cut falls after a whole word, leaves no loose comma or dash, and ends in an ellipsis."""
    assert excerpt(None, paragraph, length) == cut


@given(_WORDS, st.integers(min_value=2, max_value=200))
def test_a_cut_is_short_whole_and_the_beginning(paragraph: str, length: int) -> None:
    """A cut never exceeds its length, begins as the text does, and ends where a word ends."""
    text = " ".join(paragraph.split())
    cut = excerpt(None, paragraph, length)
    assert len(cut) <= length or cut == text
    assert len(cut) <= length
    if cut == text:
        return
    kept = cut.removesuffix("…")
    assert cut.endswith("…")
    assert text.startswith(kept)
    first_word = text.split()[0]
    if len(first_word) < length and first_word.strip("-–—(‘“,;:"):
        assert kept
        # What was dropped after the last word kept is punctuation that may not end an excerpt, then a space.
        assert text[len(kept) :].lstrip(" ,;:–—-(‘“") != text[len(kept) :] or text[len(kept)] == " "
