"""Test the search for merge conflicts and wrongly decoded letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.damaged_text import misread_letters, unfinished_merge


@given(st.text(st.sampled_from("é£ö’“”–…€™\u00a0Å🎉"), min_size=1, max_size=1), st.sampled_from(["", "caf", "It"]))
def test_misread_letters_are_found(letter: str, before: str) -> None:
    """Each UTF-8 letter that was decoded as Windows-1252 is reported with the original letter."""
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
def test_foreign_letters_pass(text: str) -> None:
    """Letters with accents pass, also beside punctuation."""
    assert misread_letters(text, "a.md") == []


def test_a_replacement_character_is_found() -> None:
    """A replacement character is reported, because the original letter is unknown."""
    (problem,) = misread_letters("caf\ufffd", "a.md")
    assert problem.position.column == 4


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "<<<<<<< Updated upstream", ">>>>>>> feature"])
def test_merge_conflict_markers_are_found(mark: str) -> None:
    """Conflict markers of git are found at the beginning of a line."""
    told = unfinished_merge(f"a\n{mark}\nb\n", "a.md")
    assert told is not None
    assert told.position.line == 2
    assert unfinished_merge(f"a {mark}\n=======\n<<<<<< b\n", "a.md") is None
