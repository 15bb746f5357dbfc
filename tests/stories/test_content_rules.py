"""What a story may not say, where it is told, and what an editor may let stand."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.base.problem import Problem, Severity
from plugins.content_model.loader import load, parse_entry
from plugins.content_model.story import Story
from plugins.markdown_blocks.block_scanner import outline
from plugins.stories.content_rules import check_wording
from plugins.stories.harmful_detail import harms
from plugins.stories.identifying_details import details
from plugins.stories.name_detection import full_names, is_description, is_full_name
from plugins.stories.visible_text import plain, surfaces
from tests.sites.building import AS_OF, CONTENT
from tests.sites.writing import fields, text

FILE = "stories/a/index.md"


def found(body: str = "Nothing.\n", **changes: Any) -> list[Problem]:
    """Return what the wording of a sample story is told for, having checked that each stands where it is said to."""
    whole = text(fields(Story, "a", **changes), body)
    story, problems = parse_entry(whole, FILE, Story)
    assert not problems, problems
    assert isinstance(story, Story)
    told = sorted(check_wording(story, outline), key=lambda problem: problem.sort_key)
    lines = whole.split("\n")
    for problem in told:
        assert problem.path == FILE
        quoted = problem.message.partition("“")[2].partition("”")[0]
        if quoted and problem.name != "identifying-details-in-body":
            here = lines[problem.position.line - 1][problem.position.column - 1 :]
            assert unicodedata.normalize("NFKC", here[:1]).casefold() == quoted[:1].casefold(), (problem, here)
    return told


def names(*problems: Problem) -> list[str]:
    """Return the names of ``problems``."""
    return [problem.name for problem in problems]


HARMS = [
    ("dose", "40 mg of codeine"),
    ("dose", "20mg"),
    ("dose", "30 paracetamol tablets"),
    ("dose", "a handful of pills"),
    ("dose", "twenty-four tablets"),
    ("dose", "two tabs of acid"),
    ("quantity", "two bottles of wine"),
    ("quantity", "a bottle of vodka"),
    ("quantity", "half a gram of coke"),
    ("quantity", "an eighth of weed"),
    ("quantity", "ten pints"),
    ("quantity", "fourteen units"),
    ("quantity", "four glasses of red wine"),
    ("quantity", "3g of ketamine"),
    ("quantity", "six cans a night"),
    ("price", "£200 a week on cocaine"),
    ("price", "forty quid a day on heroin"),
    ("price", "drugs cost me a grand"),
    ("method", "injected"),
    ("method", "snorting"),
    ("method", "smoking crack"),
    ("method", "chasing the dragon"),
    ("method", "a syringe"),
    ("method", "on foil"),
    ("method", "overdosed on"),
    ("method", "hanged himself"),
    ("method", "cut my wrists"),
    ("method", "jumped off the bridge"),
]
HARMLESS = [
    "I had one drink.", "A glass of wine stood there.", "five pints of milk", "three lines in my diary",
    "I walked for two hours and 40 minutes.", "The tin foil over the yoghurt was torn.", "a £5 lunch",
    "a needle exchange", "pine needles on the path", "ten tabs in my browser", "I took my tablets to the pharmacy.",
    "We were four at the table.", "a cup of tea a day", "It cost me a friend.", "the price of drinking",
    "He drove the ambulance in front of us.", "I rang 111.", "two meetings a week", "On day 14 I smiled.",
    "a bottle of water",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), HARMS, ids=lambda value: value)
def test_harm_is_found_wherever_it_stands(kind: str, words: str) -> None:
    """A dose, price, quantity or method is an error in what travels, and a warning in the text."""
    sentence = f"That year {words} was nothing new"
    assert any(harm.kind == kind and harm.text[:3] in words for harm in harms(sentence)), list(harms(sentence))
    for place in (
        {"title": sentence},
        {"summary": f"{sentence}."},
        {"image": {"file": "a.jpg", "alt": f"{sentence}."}},
        {"body": f"![{sentence}.](a.jpg)\n"},
    ):
        (first, *_) = [problem for problem in found(**place) if problem.severity is Severity.ERROR]
        assert first.name == f"{kind}-up-front"
    (first, *_) = found(f"Some words.\n\nThen, {sentence}.\n")
    assert (first.name, first.severity) == (f"{kind}-in-body", Severity.WARNING)


@pytest.mark.parametrize("words", HARMLESS)
def test_what_only_looks_like_harm_is_let_be(words: str) -> None:
    """Ordinary sentences with numbers, money and needles in them are not told."""
    assert found(f"{words}\n", title=words.rstrip(".")) == []


@pytest.mark.parametrize("form", ["slug", "alias", "file", "file in the text"])
def test_names_of_files_and_addresses_are_read_as_words(form: str) -> None:
    """A slug, an old address and the name of a picture say as much as a title."""
    changes: dict[str, dict[str, Any]] = {
        "slug": {"slug": "two-bottles-of-vodka"},
        "alias": {"aliases": ["/blog/2021/two-bottles-of-vodka/"]},
        "file": {"image": {"file": "two_bottles_of_vodka.jpg", "alt": "A table."}},
        "file in the text": {"body": "![A table.](two-bottles-of-vodka.jpg)\n"},
    }
    assert "quantity-up-front" in names(*found(**changes[form]))


@pytest.mark.parametrize(
    "written",
    [
        "I had **two** bottles of *wine*.",
        "I had two\nbottles of\nwine.",
        "I had two bottles of [wine](https://example.org/).",
        "I had two&nbsp;bottles of wine.",
        "I had t\u200bwo bot\u00adtles of wine.",
        "I had two bottles of <b>wine</b>.",
        "I had \uff12 bottles of wine.",
        "> I had two bottles of wine.",
        "- two bottles of wine",
        "/// quote | Two bottles of wine, a book\nWords.\n///",
        "## Two bottles of wine",
        "<!--> I had two bottles of wine. -->",
        "<!---> I had two bottles of wine. -->",
        "<!-- a --!> I had two bottles of wine. -->",
        "<!-- a <!-- b --> I had two bottles of wine. -->",
        "`<!--` I had two bottles of wine. `-->`",
        "```\n<!-- I had two bottles of wine. -->\n```",
        "I had two bot<!-- a -->tles of wine.",
        "<b, I had two bottles of wine, and>",
        'A <abbr title="two bottles of wine">thing</abbr>.',
        '[A thing](/about/ "two bottles of wine")',
        '![A path](path.jpg "two bottles of wine")',
        "A *thing*{title='two bottles of wine'}.",
    ],
)
def test_markup_hides_nothing(written: str) -> None:
    """Emphasis, links, line breaks, entities and characters that nobody sees do not hide words."""
    assert names(*found(f"Before.\n\n{written}\n")) == ["quantity-in-body"]


@pytest.mark.parametrize(
    "written",
    [
        "See [it](https://example.org/two-bottles-of-wine/).",
        "<!-- two bottles of wine -->",
        "I had <!--\ntwo bottles of wine\n\nand --> a walk.",
        "<!---> I walked. <!-- two bottles of wine --!> Home.",
    ],
)
def test_what_readers_do_not_see_is_not_read(written: str) -> None:
    """The address of a link to elsewhere and a comment are no words of the story."""
    assert found(f"{written}\n") == []


def test_folded_and_quoted_fields_keep_their_places() -> None:
    """A value that YAML folds over lines or puts in quotes is told at the words themselves."""
    front = text(fields(Story, "a"), "Nothing.\n")
    for written, line, column in (
        ("summary: >-\n  At first it was little,\n  then 40 mg of codeine.", 2, 8),
        ("summary: 'It was 40 mg of codeine.'", 0, 18),
        ("summary: It was\n  then 40 mg of codeine.", 1, 8),
    ):
        whole = front.replace("summary: A summary.", written)
        story, _ = parse_entry(whole, FILE, Story)
        assert isinstance(story, Story)
        (told,) = check_wording(story, outline)
        first = whole[: whole.index("summary:")].count("\n") + 1
        assert (told.position.line, told.position.column) == (first + line, column)


FULL_NAMES = [
    "I am John Smith.", "my sister Sarah Okafor came", "Will Smith sat there", "my name is Xanthe Quill.",
    "Mohammed al Fayed", "JOHN SMITH", "Anne-Marie O’Connor", "a man called Zog Blenkinsop", "by Agnieszka Nowak",
    "Siobhán Ní Bhriain",
]  # fmt: skip
NO_FULL_NAMES = [
    "James Street", "Rose Cottage", "Help Me Stop", "the Tower Bridge", "John. Smith was late.",
    "Sarah Monday came", "Jo S. told me", "a quiet kitchen", "Summer Street", "NHS 111", "St John Ambulance",
    "On Sunday Sarah walked.",
]  # fmt: skip


@pytest.mark.parametrize("words", FULL_NAMES)
def test_a_full_name_and_a_fellowship_never_stand_together(words: str) -> None:
    """A full name anywhere with a named fellowship anywhere is an error; either alone is not."""
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
    """Two words in capitals that are no known name are for an editor to judge."""
    told = found("I met Bartholomew Cray at AA.\n")
    assert [(problem.name, problem.severity) for problem in told] == [
        ("name-with-fellowship-in-body", Severity.WARNING),
    ]
    assert found("I met Bartholomew Cray at AA.\n", acknowledged=["name-with-fellowship-in-body"]) == []


@pytest.mark.parametrize("shown", ["John Smith", "J. Smith", "Mary Jane Doe"])
def test_a_shown_full_name_counts(shown: str) -> None:
    """The narrator's own name counts, whatever it is said to be."""
    told = found("I went to AA.\n", narrator={"display_name": shown, "display": "pseudonym"})
    assert "full-name-with-fellowship" in names(*told)


@pytest.mark.parametrize("shown", ["Jo S.", "Ash", "R.", "A parent", "A person in recovery", "Sarah-Jane"])
def test_shown_first_names_and_initials_do_not(shown: str) -> None:
    """A first name, an initial or a description names nobody in full."""
    assert not is_full_name(shown)
    assert found("I went to AA.\n", narrator={"display_name": shown, "display": "first-name"}) == []


def test_what_only_describes_is_told_from_a_name() -> None:
    """“A person in recovery” is a description, “Ash” is a name."""
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
    """Each kind of detail is found in the forms that people write."""
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
    """Ordinary words about time, work and places single nobody out."""
    assert details(words) == ()


def test_three_details_together_are_told() -> None:
    """Two kinds of details are let be, three are a warning at the last of them that names them all."""
    assert found("I was 34. I worked at Tesco.\n") == []
    assert found("I was 34. He was 36. She was 38.\n") == []
    (told,) = found("I was 34. I worked at Tesco.\n\nWe lived in Little Snoring.\n")
    assert (told.name, told.severity) == ("identifying-details-in-body", Severity.WARNING)
    assert all(words in told.message for words in ("“34”", "“Tesco”", "“Little Snoring”"))
    assert told.position.column == 13


def test_an_acknowledged_warning_is_not_told_again() -> None:
    """What an editor has named is not told; an error cannot be acknowledged, nor can what is unknown."""
    body = "I had two bottles of wine and 40 mg of codeine.\n"
    assert names(*found(body)) == ["quantity-in-body", "dose-in-body"]
    assert names(*found(body, acknowledged=["dose-in-body"])) == ["quantity-in-body"]
    assert found(body, acknowledged=["dose-in-body", "quantity-in-body"]) == []
    for wrong in ("dose-up-front", "full-name-with-fellowship", "anything", "text-changed-since-approval"):
        _, problems = parse_entry(text(fields(Story, "a", acknowledged=[wrong])), FILE, Story)
        assert names(*problems) == ["unknown-choice"]
        assert problems[0].severity is Severity.ERROR


def test_an_acknowledgement_of_nothing_is_told() -> None:
    """One that fits nothing, or stands twice, would hide the next such words."""
    assert names(*found(acknowledged=["dose-in-body"])) == ["needless-acknowledgement"]
    twice = found("It was 40 mg.\n", acknowledged=["dose-in-body", "dose-in-body"])
    assert [(problem.name, problem.severity) for problem in twice] == [("needless-acknowledgement", Severity.ADVICE)]


def test_a_draft_is_told_everything_and_stops_nothing() -> None:
    """While a story is a draft, all of it is only a warning."""
    told = found("John Smith went to AA.\n", title="40 mg of codeine", status="draft")
    assert set(names(*told)) == {"dose-up-front", "full-name-with-fellowship"}
    assert {problem.severity for problem in told} == {Severity.WARNING}


def test_the_content_of_the_site_gives_no_false_alarm() -> None:
    """No text of the site, read as if it were a story, is told for anything."""
    library, _ = load(CONTENT, as_of=dt.date.fromisoformat(AS_OF))
    assert len(library.entries) > 25
    for entry in library.entries:
        given_fields = {name: getattr(entry, name) for name in Story.model_fields if hasattr(entry, name)}
        blank = {"narrator": found_narrator(), "acknowledged": (), "updated": ()}
        read = Story.model_construct(**{**blank, **given_fields})
        assert list(check_wording(read, outline)) == [], entry.source.path


def found_narrator() -> object:
    """Return a narrator for entries that have none."""
    story, _ = parse_entry(text(fields(Story, "a")), FILE, Story)
    assert isinstance(story, Story)
    return story.narrator


@given(body=st.text(max_size=300), title=st.text(min_size=1))
def test_any_text_is_judged(body: str, title: str) -> None:
    """Any text at all gives problems, each at a place inside the file, or none; never an exception."""
    whole = text(fields(Story, "a", title=title), body.replace("\r", ""))
    story, _ = parse_entry(whole, FILE, Story)
    if isinstance(story, Story):
        lines = whole.split("\n")
        for problem in check_wording(story, outline):
            assert 1 <= problem.position.line <= len(lines)
            assert 1 <= problem.position.column <= len(lines[problem.position.line - 1]) + 1


@example("&a;").via("a name that no browser knows")
@given(st.text("ab *_`[](){}!<>&;#\n\u200b\u00a0½２-/|", max_size=80))
def test_every_character_keeps_its_place(body: str) -> None:
    """However a text is marked up, each character that is left of it stands where it is said to."""
    story, _ = parse_entry(text(fields(Story, "a"), body), FILE, Story)
    if isinstance(story, Story):
        *_, surface = surfaces(story, outline)
        assert len(surface.origins) == len(surface.text)
        for character, origin in zip(surface.text, surface.origins, strict=True):
            if character in "ab":
                assert surface.raw[origin] == character
