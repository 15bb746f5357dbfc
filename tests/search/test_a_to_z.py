"""The list of every page."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.a_to_z import gathered, letters
from plugins.views.search import LetterGroup
from plugins.views.views import Link

TITLES = st.lists(st.text(min_size=1, max_size=5), max_size=200)


def listed(titles: list[str]) -> tuple[LetterGroup, ...]:
    """The list of pages with ``titles``."""
    return letters([Link(title, f"/{number}/") for number, title in enumerate(titles)])


def test_pages_stand_by_letter() -> None:
    """Groups go from A to Z, accents and quotation marks do not count, and what begins with no letter comes first."""
    titles = ["Zoo", "“about” us", "Éclair", "24 hours", "A day", "easy"]
    groups = listed(titles)
    assert [group.letter for group in groups] == ["0–9", "A", "E", "Z"]
    assert groups[1].links == (Link("A day", "/4/"), Link("“about” us", "/1/"))


def test_nothing_to_list() -> None:
    """A site without pages has no letters."""
    assert letters([]) == ()
    assert gathered(()) == ()


def test_what_letters_are_called_in_addresses() -> None:
    """A letter from A to Z is called by itself, others by their numbers, and what is no letter by its digits."""
    groups = listed(["apple", "42", "🙂", "αβγ", "سلام", "ßa", "ŋ"])
    assert {group.letter: group.key for group in groups} == {
        "0–9": "0-9", "A": "a", "Α": "u0391", "س".upper(): "u0633", "SS": "u0053-0053", "Ŋ": "u014a",
    }  # fmt: skip


@given(TITLES)
def test_any_titles_have_addresses_of_their_own(titles: list[str]) -> None:
    """Whatever titles begin with, keys can stand in an address, none is another's, and each page is listed once."""
    for groups in (listed(titles), gathered(listed(titles))):
        keys = [group.key for group in groups]
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)
        assert len(set(keys)) == len({group.phrase for group in groups}) == len(groups)
        assert sorted(link.href for group in groups for link in group.links) == sorted(
            f"/{number}/" for number in range(len(titles))
        )


def test_nobody_chooses_from_a_thousand_letters() -> None:
    """Of more letters than anybody can choose from, those beyond A to Z stand together, in the same order."""
    titles = [chr(0x4E00 + number) for number in range(1_000)]
    groups = gathered(listed([*titles, "apple", "7"]))
    assert [(group.letter, group.key, len(group.links)) for group in groups] == [
        ("0–9", "0-9", 1),
        ("A", "a", 1),
        ("Other letters", "other", 1_000),
    ]
    assert [link.label for link in groups[-1].links] == titles
