"""Test the rules on the wording of stories."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.base.problem import Severity
from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story
from plugins.markdown_blocks.block_scanner import outline
from plugins.stories.harmful_detail import harms
from plugins.stories.visible_text import surfaces
from plugins.stories.wording_rules import check_wording
from tests.sites.writing import fields, text
from tests.stories.wording import FILE, found, names

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
    """A dose, price, quantity or method is an error in text without context, and a warning in the body."""
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
    """Ordinary sentences with numbers, money and needles give no problem."""
    assert found(f"{words}\n", title=words.rstrip(".")) == []


@pytest.mark.parametrize("form", ["slug", "alias", "file", "file in the text"])
def test_names_of_files_and_addresses_are_read_as_words(form: str) -> None:
    """A slug, an alias and the name of a picture are read as words."""
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
    """Emphasis, links, line breaks, entities and invisible characters do not hide words."""
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
    """The address of an external link and a comment are not read."""
    assert found(f"{written}\n") == []


def test_folded_and_quoted_fields_keep_their_places() -> None:
    """A problem in a folded or quoted value has the position of the words."""
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


def test_an_acknowledged_warning_is_not_told_again() -> None:
    """An acknowledged warning is left out. An error and an unknown name cannot be acknowledged."""
    body = "I had two bottles of wine and 40 mg of codeine.\n"
    assert names(*found(body)) == ["quantity-in-body", "dose-in-body"]
    assert names(*found(body, acknowledged=["dose-in-body"])) == ["quantity-in-body"]
    assert found(body, acknowledged=["dose-in-body", "quantity-in-body"]) == []
    for wrong in ("dose-up-front", "full-name-with-fellowship", "anything", "text-changed-since-approval"):
        _, problems = parse_entry(text(fields(Story, "a", acknowledged=[wrong])), FILE, Story)
        assert names(*problems) == ["unknown-choice"]
        assert problems[0].severity is Severity.ERROR


def test_an_acknowledgement_of_nothing_is_told() -> None:
    """An acknowledgement that is needless or repeated is a problem, because it would hide a later one."""
    assert names(*found(acknowledged=["dose-in-body"])) == ["needless-acknowledgement"]
    twice = found("It was 40 mg.\n", acknowledged=["dose-in-body", "dose-in-body"])
    assert [(problem.name, problem.severity) for problem in twice] == [("needless-acknowledgement", Severity.ADVICE)]


def test_a_draft_is_told_everything_and_stops_nothing() -> None:
    """In a draft, every problem is a warning."""
    told = found("John Smith went to AA.\n", title="40 mg of codeine", status="draft")
    assert set(names(*told)) == {"dose-up-front", "full-name-with-fellowship"}
    assert {problem.severity for problem in told} == {Severity.WARNING}


def found_narrator() -> object:
    """Return a narrator for entries without one."""
    story, _ = parse_entry(text(fields(Story, "a")), FILE, Story)
    assert isinstance(story, Story)
    return story.narrator


@given(body=st.text(max_size=300), title=st.text(min_size=1))
def test_any_text_is_judged(body: str, title: str) -> None:
    """Any text gives problems with positions inside the file, and no exception."""
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
    """Each character of the extracted text has its position in the file, whatever the markup."""
    story, _ = parse_entry(text(fields(Story, "a"), body), FILE, Story)
    if isinstance(story, Story):
        *_, surface = surfaces(story, outline)
        assert len(surface.origins) == len(surface.text)
        for character, origin in zip(surface.text, surface.origins, strict=True):
            if character in "ab":
                assert surface.raw[origin] == character
