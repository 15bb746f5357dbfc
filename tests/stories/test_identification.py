"""Test the rules on full names and identifying details."""

from __future__ import annotations

import pytest

from plugins.base.problem import Severity
from plugins.stories.identifying_details import details
from plugins.stories.name_detection import full_names, is_description, is_full_name
from plugins.stories.visible_text import plain
from tests.stories.wording import found, names

FULL_NAMES = [
    "I am John Smith.", "my sister Sarah Okafor came", "Will Smith sat there", "my name is Xanthe Quill.",
    "Mohammed al Fayed", "JOHN SMITH", "Anne-Marie O’Connor", "a man called Zog Blenkinsop", "by Agnieszka Nowak",
    "Siobhán Ní Bhriain",
]  # fmt: skip


NO_FULL_NAMES = [
    "James Street", "Rose Cottage", "Elm Tree Hub", "the Tower Bridge", "John. Smith was late.",
    "Sarah Monday came", "Jo S. told me", "a quiet kitchen", "Summer Street", "NHS 111", "St John Ambulance",
    "On Sunday Sarah walked.",
]  # fmt: skip


@pytest.mark.parametrize("words", FULL_NAMES)
def test_a_full_name_and_a_fellowship_never_stand_together(words: str) -> None:
    """A full name together with a named fellowship is an error. Either alone is not."""
    body = f"Before that, {words}\n"
    for fellowship in ("Narcotics Anonymous", "AA", "Al-Anon", "Crystal Meth Anonymous", "N.A."):
        told = found(f"{body}\nI went to {fellowship} on Tuesdays.\n")
        assert names(*told) == ["full-name-with-fellowship"], (told, fellowship)
        assert told[0].severity is Severity.ERROR
        assert names(*found(body, title=f"My year with {fellowship}")) == ["full-name-with-fellowship"]
    assert found(body) == []
    assert found("I went to Narcotics Anonymous on Tuesdays.\n") == []


@pytest.mark.parametrize("words", NO_FULL_NAMES)
def test_two_capitals_are_no_name_yet(words: str) -> None:
    """Places, days, organisations and first names are not full names."""
    assert [name for name in full_names(f"Before that, {words} and so on") if name.certain] == []


def test_a_name_that_may_be_one_is_a_warning() -> None:
    """Two capitalised words that are no known name give a warning."""
    told = found("I met Bartholomew Cray at AA.\n")
    assert [(problem.name, problem.severity) for problem in told] == [
        ("name-with-fellowship-in-body", Severity.WARNING),
    ]
    assert found("I met Bartholomew Cray at AA.\n", acknowledged=["name-with-fellowship-in-body"]) == []


@pytest.mark.parametrize("shown", ["John Smith", "J. Smith", "Mary Jane Doe"])
def test_a_shown_full_name_counts(shown: str) -> None:
    """The narrator's name counts, whatever its kind is."""
    told = found("I went to AA.\n", narrator={"display_name": shown, "display": "pseudonym"})
    assert "full-name-with-fellowship" in names(*told)


@pytest.mark.parametrize("shown", ["Jo S.", "Ash", "R.", "A parent", "A person in recovery", "Sarah-Jane"])
def test_shown_first_names_and_initials_do_not(shown: str) -> None:
    """A first name, an initial or a description is not a full name."""
    assert not is_full_name(shown)
    assert found("I went to AA.\n", narrator={"display_name": shown, "display": "first-name"}) == []


def test_what_only_describes_is_told_from_a_name() -> None:
    """“A person in recovery” is a description and “Ash” is a name."""
    assert is_description("A person in recovery")
    assert is_description("Someone close")
    assert not is_description("Ash")
    assert not is_description("A. Quill")


DETAILS = {
    "an employer": ["I worked at Tesco.", "my job with Barclays", "I was a nurse at Guy’s"],
    "a school": ["St Mary's School was near.", "I went to the University of Kent.", "I studied law at Exeter"],
    "a street or town": [
        "We lived in Little Snoring.", "a flat on Acacia Avenue", "a bus to Leeds", "We are in SW1A 1AA now.",
    ],
    "an exact age": [
        "I was 34.", "aged nineteen,", "a 34-year-old man", "At the age of 16 I left", "I turned forty-two that day.",
    ],
    "an exact date": ["On 14 March 2019 it rained.", "on March 3rd", "In July 2021, we met.", "on 14/03/2019"],
    "a rare job": ["I am a midwife.", "As a train driver you wait.", "she became a judge"],
    "a hospital, prison or unit by name": ["in HMP Pentonville", "at St Thomas' Hospital"],
    "a family that few have": ["my twins cried", "one of nine children"],
    "a full name": ["and then Sarah Okafor came"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, all_ in DETAILS.items() for words in all_])
def test_a_detail_is_known_for_what_it_is(kind: str, words: str) -> None:
    """Each kind of detail is found in its common forms."""
    assert kind in {detail.kind for detail in details(plain(words))}, details(plain(words))


@pytest.mark.parametrize(
    "words",
    [
        "I was tired.",
        "in May",
        "It was five.",
        "At 12 I ate.",
        "by the lake",
        "I worked at it.",
        "in the Autumn",
        "my job at home",
    ],
)
def test_what_fits_many_is_no_detail(words: str) -> None:
    """Ordinary words about time, work and places are not details."""
    assert details(words) == ()


def test_three_details_together_are_told() -> None:
    """Two kinds of details give no problem. Three give a warning at the last, which lists all."""
    assert found("I was 34. I worked at Tesco.\n") == []
    assert found("I was 34. He was 36. She was 38.\n") == []
    (told,) = found("I was 34. I worked at Tesco.\n\nWe lived in Little Snoring.\n")
    assert (told.name, told.severity) == ("identifying-details-in-body", Severity.WARNING)
    assert all(words in told.message for words in ("“34”", "“Tesco”", "“Little Snoring”"))
    assert told.position.column == 13


def test_the_sites_own_organisation_is_no_employer() -> None:
    """Every narrator has met it; another name after it is still found."""
    words = "I worked at Elm Tree Hub. Then I worked at Northern Foods."
    assert [detail.text for detail in details(words, "Elm Tree Hub")] == ["Northern Foods"]
    assert [detail.text for detail in details(words)] == ["Elm Tree Hub"]
