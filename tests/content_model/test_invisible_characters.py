"""Test the search for invisible and misleading characters."""

from __future__ import annotations

import pytest
from lxml import etree

from plugins.base.problem import Position
from plugins.content_model.invisible_characters import INVISIBLE, TURNING, control_characters, is_blank, odd_characters


def test_each_line_has_one_problem() -> None:
    """Each line with invisible characters has one problem, at the first of them."""
    problems = control_characters("good\nba\x0cd \x07\n\u2029", "a.md", 10)
    assert [problem.position for problem in problems] == [Position(11, 3), Position(12, 1)]
    assert "U+000C" in problems[0].message


@pytest.mark.parametrize(
    "text", ["tab\there", "café £5 “quoted” – dash…", "\U0001f600", "\N{NO-BREAK SPACE}", "line\r"]
)
def test_ordinary_characters_pass(text: str) -> None:
    """Tabs, accents, typographic marks, emoji and no-break spaces pass."""
    assert control_characters(text, "a.md") == []


def test_accepted_characters_are_valid_xml() -> None:
    """Every accepted character is valid in XML 1.0, and so in a feed."""
    passing = "".join(chr(code) for code in range(0x10000) if not INVISIBLE.match(chr(code)))
    element = etree.Element("a")
    element.text = passing
    assert element.text == passing


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u2060\u200b", "\u00ad", "\ufeff", "\u200d", "\u200f", "\u2800", "\u3164", "\ufe0f"]
)
def test_text_that_shows_nothing_is_blank(text: str) -> None:
    """Spaces, invisible characters, joiners, fillers and selectors alone show nothing."""
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "\u200ba", "\N{HEAVY BLACK HEART}\ufe0f", "\u0627\u200f", "-"])
def test_text_that_shows_something_is_not_blank(text: str) -> None:
    """A letter, a sign or an emoji among them is seen."""
    assert not is_blank(text)


def test_every_turning_character_is_reported_once_a_line() -> None:
    """Embeddings, overrides and isolates are problems. The marks of right-to-left scripts pass."""
    turning = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    assert all(map(TURNING.fullmatch, turning))
    found = odd_characters("\n".join(f"a{character}b{character}" for character in turning), "a.md", 3)
    assert [(one.name, one.position) for one in found] == [
        ("turning-character", Position(line, 2)) for line in range(3, 3 + len(turning))
    ]
    assert odd_characters("\u05d0\u200f!\u200e\u061c", "a.md") == []
