"""Names of fellowships and of their books."""

from __future__ import annotations

import pytest

from plugins.content_model.fellowships import find_fellowship, find_literature


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("At Narcotics Anonymous we met", "Narcotics Anonymous"),
        ("Sex and Love Addicts Anonymous", "Sex and Love Addicts Anonymous"),
        ("Alcoholics Anonymous and Narcotics Anonymous", "Alcoholics Anonymous"),
        ("an AA meeting", "AA"),
        ("an AA-style meeting", "AA"),
        ("A.A. says", "A.A."),
        ("Al-Anon", "Al-Anon"),
        ("at NA.", "NA"),
    ],
)
def test_a_fellowship_is_known(text: str, named: str) -> None:
    """Full names, other forms of names and initials in capitals name a fellowship."""
    found = find_fellowship(text)
    assert found
    assert found[0] == named


@pytest.mark.parametrize("text", ["an anonymous note", "NASA", "AAA", "na", "aa", "the Anonymous", "A&E", "AA&B"])
def test_other_words_are_none(text: str) -> None:
    """Initials in small letters or within other words, and the word “anonymous” alone, name none."""
    assert find_fellowship(text) is None


def test_books_are_known_in_any_case() -> None:
    """The books count as literature however they are written."""
    for source in ("The Big Book", "the big book, page 4", "Twelve Steps and Twelve Traditions", "JUST FOR TODAY"):
        assert find_literature(source), source
    assert find_literature("A big bookshop") is None
