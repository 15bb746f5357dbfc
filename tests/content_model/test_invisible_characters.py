"""Invisible and misleading characters."""

from __future__ import annotations

import pytest
from lxml import etree

from plugins.base.problem import Position
from plugins.content_model.invisible_characters import INVISIBLE, control_characters


def test_the_first_of_each_line_is_told() -> None:
    """Each line with an invisible character has one problem, at the first of them."""
    problems = control_characters("good\nba\x0cd \x07\n\u2029", "a.md", 10)
    assert [problem.position for problem in problems] == [Position(11, 3), Position(12, 1)]
    assert "U+000C" in problems[0].message


@pytest.mark.parametrize(
    "text", ["tab\there", "café £5 “quoted” – dash…", "\U0001f600", "\N{NO-BREAK SPACE}", "line\r"]
)
def test_what_people_write_is_no_problem(text: str) -> None:
    """Tabs, accents, typographic marks, emoji and no-break spaces stay."""
    assert control_characters(text, "a.md") == []


def test_what_passes_can_stand_in_xml() -> None:
    """Every character that is let through may stand in a feed: XML 1.0 takes it."""
    passing = "".join(chr(code) for code in range(0x10000) if not INVISIBLE.match(chr(code)))
    element = etree.Element("a")
    element.text = passing
    assert element.text == passing
