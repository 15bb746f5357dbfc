"""Unfinished merges and letters in the wrong encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.damaged_text import misread_letters, unfinished_merge


@given(st.text(st.sampled_from("é£ö’“”–…€™\u00a0Å🎉"), min_size=1, max_size=1), st.sampled_from(["", "caf", "It"]))
def test_misread_letters_are_told(letter: str, before: str) -> None:
    """Each letter of UTF-8 that was read as Windows-1252 is told, with what it was."""
    seen = letter.encode().decode("cp1252", "ignore")
    exact = seen.encode("cp1252", "ignore") == letter.encode()
    told = misread_letters(f"---\n{before}{seen} and\n", "a.md")
    if exact:
        (problem,) = told
        assert (problem.position.line, problem.position.column) == (2, len(before) + 1)
        assert f"for `{letter}`" in problem.message


@pytest.mark.parametrize(
    "text",
    ["naïve café, Zoë’s “Âge d’or”", "DÉJÀ VU…", "l’été – «CAFÉ»", "Ångström", "São", "Ã", "grâ…", "über™", "£5, 20 °C",
     "Łódź", "Привет", "中文"],
)  # fmt: skip
def test_letters_of_other_languages_are_right(text: str) -> None:
    """Letters with accents, beside marks of punctuation too, are what people write."""
    assert misread_letters(text, "a.md") == []


def test_a_lost_letter_is_told() -> None:
    """Where a letter was lost, nobody knows which."""
    (problem,) = misread_letters("caf\ufffd", "a.md")
    assert problem.position.column == 4


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "<<<<<<< Updated upstream", ">>>>>>> feature"])
def test_an_unfinished_merge_is_told(mark: str) -> None:
    """The marks that git leaves stand at the beginning of a line."""
    told = unfinished_merge(f"a\n{mark}\nb\n", "a.md")
    assert told is not None
    assert told.position.line == 2
    assert unfinished_merge(f"a {mark}\n=======\n<<<<<< b\n", "a.md") is None
