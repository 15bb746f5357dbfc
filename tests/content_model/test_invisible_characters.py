"""Test the search for invisible and misleading characters."""

from __future__ import annotations

import pytest
from lxml import etree

from plugins.base.problem import Position
from plugins.content_model.invisible_characters import INVISIBLE, control_characters


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
