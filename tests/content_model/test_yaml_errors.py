"""Test the messages for invalid YAML."""

from __future__ import annotations

import pytest

from plugins.base.problem import Position
from plugins.content_model.yaml_reader import YamlError, read_yaml


@pytest.mark.parametrize(
    ("text", "name", "line", "column", "says", "mends"),
    [
        ("title: Week 1: rest", "colon-in-text", 1, 14, "`title` contains a second colon", 'title: "Week 1: rest"'),
        ('title: Say "no": why', "colon-in-text", 1, 16, "second colon", r'title: "Say \"no\": why"'),
        ("title: Week 1: rest  # a: b", "colon-in-text", 1, 14, "second colon", 'title: "Week 1: rest"  # a: b'),
        ("title: “Week 1: rest”", "colon-in-text", 1, 15, "second colon", 'title: "Week 1: rest"'),
        ("title: Week 1: #rest", "colon-in-text", 1, 14, "second colon", 'title: "Week 1: #rest"'),
        ("title: Week 1: rest\n  and tea", "colon-in-text", 1, 14, "second colon", "the whole text in double quotes"),
        ("- title: a: b", "colon-in-text", 1, 11, "`title` contains a second colon", 'title: "a: b"'),
        ('title: "Rest', "unclosed-quote", 1, 8, "never closed", "close it"),
        ("title: 'Don't", "bad-indent", 1, 13, "text follows a closing quotation mark", "wholly in quotes"),
        ("slug: a\ntitle Rest\nkind: guide", "missing-colon", 2, 1, "`name: value`", "a colon and a space"),
        ("title Rest\nkind: guide", "missing-colon", 1, 1, "`name: value`", "a colon and a space"),
        ("title:Rest\nkind: guide", "missing-colon", 1, 1, "`name: value`", "a colon and a space"),
        (
            "title： Rest\nkind: guide",
            "missing-colon",
            1,
            1,
            "`name: value`",
            "colon and a space in place of `：`",
        ),
        ("aliases:\n– /a/", "missing-colon", 2, 1, "`name: value`", "a plain hyphen in place of `–`"),
        ("slug: a\n• two", "missing-colon", 2, 1, "`name: value`", "a plain hyphen in place of `•`"),
        ("title: @home", "special-character", 1, 8, "`@`", "double quotes"),
        ("title: `home`", "special-character", 1, 8, "```", "double quotes"),
        ("title: %home", "special-character", 1, 8, "`%`", "double quotes"),
        ("title: *home", "yaml-alias", 1, 8, "`*home`", "double quotes"),
        ("title: * home", "special-character", 1, 8, "`*`", "double quotes"),
        ("title: &", "special-character", 1, 8, "`&`", "double quotes"),
        ("title: - home", "special-character", 1, 8, "`-`", "double quotes"),
        ("title: ? home", "special-character", 1, 8, "`?`", "double quotes"),
        ("title: , home", "special-character", 1, 8, "`,`", "double quotes"),
        ("title: >home", "special-character", 1, 8, "`>`", "double quotes"),
        ("topics: [a, b\nkind: guide", "unclosed-list", 1, 9, "never closed", "[one, two, three]"),
        ("topics: [", "unclosed-list", 1, 9, "never closed", "[one, two, three]"),
        ("image: {file: a.jpg\nkind: guide", "unclosed-list", 1, 8, "never closed", "[one, two, three]"),
        ("title: [Rest](now)", "bad-indent", 1, 14, "text follows a closing quotation mark", "wholly in quotes"),
        ("image:\n  file: a.jpg\n alt: b", "bad-indent", 3, 2, "line up", "same indent"),
        ("title: a\n  kind: b", "bad-indent", 2, 7, "line up", "same indent"),
        ('title: "a\\qb"', "yaml-syntax", 1, 10, "unknown escape character", "double quotes"),
    ],
)
def test_broken_yaml_is_explained(text: str, name: str, line: int, column: int, says: str, mends: str) -> None:
    """Each common mistake has its own name, its place, and a correction that works."""
    with pytest.raises(YamlError) as caught:
        read_yaml(text, "a.md")
    (problem,) = caught.value.problems
    assert (problem.name, problem.position) == (name, Position(line, column))
    assert says in problem.message
    assert mends in problem.hint


def test_a_suggested_correction_is_valid() -> None:
    """The suggested line for a second colon is YAML with the author's meaning."""
    with pytest.raises(YamlError) as caught:
        read_yaml('title: The "why": a \\ b', "a.md")
    suggestion = caught.value.problems[0].hint.partition(":  ")[2]
    assert read_yaml(suggestion, "a.md").value == {"title": 'The "why": a \\ b'}
