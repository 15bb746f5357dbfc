"""Test the recognition of fellowships and their books."""

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
def test_fellowships_are_recognised(text: str, named: str) -> None:
    """Full names, variants and initials in capitals are recognised as fellowships."""
    found = find_fellowship(text)
    assert found
    assert found[0] == named


@pytest.mark.parametrize("text", ["an anonymous note", "NASA", "AAA", "na", "aa", "the Anonymous", "A&E", "AA&B"])
def test_other_words_are_not_recognised(text: str) -> None:
    """Lower-case initials, initials inside words, and the word “anonymous” alone are not recognised."""
    assert find_fellowship(text) is None


def test_books_are_recognised_in_any_case() -> None:
    """The books are recognised as literature in any case."""
    for source in ("The Big Book", "the big book, page 4", "Twelve Steps and Twelve Traditions", "JUST FOR TODAY"):
        assert find_literature(source), source
    assert find_literature("A big bookshop") is None
