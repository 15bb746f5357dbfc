"""Patterns match nothing in texts without their marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model import markdown_line
from plugins.markdown_blocks import block_scanner, footnotes, list_levels, source_positions, syntax, unrendered_markup

_MARKED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (markdown_line._CODE_SPAN, ("`",)),
    (source_positions._ADDRESS, source_positions._ADDRESS_MARKS),
    (footnotes._NOTE, ("[^",)),
    (footnotes._MARK, ("[^",)),
    (unrendered_markup._BROKEN_LINK, ("]", ")[")),
    (unrendered_markup._COMMENT, ("<!",)),
    (syntax._HIDDEN, ("///",)),
    (syntax._TWO_SLASHES, ("//",)),
    (block_scanner.FENCE, ("`", "~")),
)
_NOT_OF_A_LETTER = (
    *(
        block_scanner.FENCE,
        block_scanner._NOTE,
        block_scanner._RULE,
        block_scanner._HASHES,
        block_scanner._UNDERLINE,
        block_scanner._QUOTE,
    ),
    *(block_scanner._SLASHES, block_scanner._TAG, list_levels._MARKER),
)
_PIECES = (
    *"`[]()<>!*_~{}:#./|^ \n12aÉ-=+@", "](", "]: ", "[^1]", "[^1]:", "](b)", ")[", "] (", "https://a.example",
    "www.a", "mailto:a", "<b>", "</p>", "<!--", "<!–", "**", "__", "~~", "{#a}", "{:", "//", "///", "```", "~~~", "| ",
    "quote", "help:", "    ", "- ", "1. ", "h2. ", "bq. ",
)  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)


@pytest.mark.parametrize(("pattern", "marks"), _MARKED)
@given(text=_TEXTS)
def test_pattern_matches_contain_a_mark(pattern: re.Pattern[str], marks: tuple[str, ...], text: str) -> None:
    """Every match of a pattern contains one of its marks."""
    if not any(mark in text for mark in marks):
        assert pattern.search(text) is None


@pytest.mark.parametrize("markup", unrendered_markup.PATTERNS, ids=lambda markup: markup.marks[0])
@given(text=_TEXTS)
def test_unrendered_markup_contains_a_mark(markup: unrendered_markup.Markup, text: str) -> None:
    """Every match contains one of its marks, where each line follows a line break."""
    text = f"\n{text}"
    if not any(mark in text for mark in markup.marks):
        assert markup.pattern.search(text) is None


@given(st.sampled_from(["", " ", "   ", "    ", "         "]), st.characters(categories=["L"]), _TEXTS | st.text())
def test_a_line_that_begins_with_a_letter_is_text(indent: str, letter: str, rest: str) -> None:
    """A line that begins with a letter is text."""
    assert [pattern.match(f"{indent}{letter}{rest}") for pattern in _NOT_OF_A_LETTER] == [None] * len(_NOT_OF_A_LETTER)
    assert letter.isalpha()
