"""Words."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.tokenizer import COMMON, stem, words


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


@given(st.text(st.sampled_from("aB9 _-'’“é…½\u00ad\u0301ßİ字") | st.characters()))
def test_words_of_any_text(text: str) -> None:
    """Words are the runs of letters and digits, once accents, invisible characters and apostrophes are gone."""
    letters = (
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf"}
    )
    plain = "".join(c for c in letters if c not in "'’")
    assert words(text) == re.findall(r"[^\W_]+", plain.lower())


@pytest.mark.parametrize(
    "forms",
    [
        ("craving", "cravings", "crave", "craved"),
        ("stop", "stops", "stopped", "stopping"),
        ("drink", "drinking", "drinks", "drinker", "drinkers"),
        ("die", "died", "dies", "dying"),
        ("family", "families"),
        ("use", "used", "using", "uses"),
        ("addiction", "addictions", "addict", "addicted"),
        ("alcohol", "alcoholic", "alcoholics", "alcoholism"),
        ("hallucination", "hallucinating", "hallucinations"),
        ("depend", "dependent", "dependence", "dependency"),
        ("lonely", "loneliness"),
        ("suicide", "suicidal"),
        ("treat", "treatment", "treatments"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    """Whichever form a text has, each of the others finds it."""
    assert len({stem(form) for form in forms}) == 1, [stem(form) for form in forms]


@pytest.mark.parametrize(
    ("one", "other"),
    [("diet", "die"), ("number", "numb"), ("sober", "sob"), ("aa", "a"), ("nas", "na"), ("need", "ne"), ("odd", "od")],
)
def test_other_words_keep_to_themselves(one: str, other: str) -> None:
    """A word that looks like a form of another is none."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["aa", "na", "gp", "999", "111", "116123", "word100"])
def test_short_words_and_numbers_are_kept(word: str) -> None:
    """Names of two letters and numbers are found as they are, and never left out."""
    assert stem(word) == word
    assert word not in COMMON
