"""Test that text is folded to the characters that people read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.folded_text import fold, folded


def test_a_folded_text_stays_as_it_is() -> None:
    """No character is replaced by one that is replaced, whatever its script."""
    replacements = {part for number in range(128, 0x20000) for part in folded(chr(number))}
    assert {part for part in replacements if folded(part) != part} == set()


@given(st.text())
def test_both_forms_agree(text: str) -> None:
    """The text alone is the same as the text with its indices, and each index is that of the character it came from."""
    plain, origins = fold(text)
    assert folded(text) == plain
    assert all(character in folded(text[origin]) for character, origin in zip(plain, origins, strict=True))
