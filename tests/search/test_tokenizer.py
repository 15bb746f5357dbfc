"""Words."""

from __future__ import annotations

import pytest

from plugins.search.tokenizer import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sober summers", ["sober", "summers"]),
        ("I'm worried – don’t know", ["im", "worried", "dont", "know"]),
        ("Zoë’s café", ["zoes", "cafe"]),
        ("day-programme, 24/7_now", ["day", "programme", "24", "7", "now"]),
        ("ÅNGSTRÖM", ["angstrom"]),
        ("A \ufb01nding on re\u00adcovery\u200b", ["a", "finding", "on", "recovery"]),
        ("", []),
        ("…!", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    """Words are lower case, without accents and apostrophes, in the order of the text."""
    assert words(text) == found
