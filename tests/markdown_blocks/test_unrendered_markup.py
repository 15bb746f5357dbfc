"""Markup that is not rendered is reported with its position."""

from __future__ import annotations

import pytest

from plugins.base.problem import Severity
from tests.markdown_blocks.world import html, problems

_OTHERS = [
    "[TOC]",
    "[[_TOC_]]",
    "[[a-page]]",
    "![[photo.png]]",
    "[[a|b]]",
    "==marked==",
    "{{< youtube abc >}}",
    "{{% note %}}",
    "{{ title }}",
    "{% include a.html %}",
    "[gallery ids='1,2']",
    "[/caption]",
    "[b]bold[/b]",
    "%%hidden%%",
    "^[a note]",
    "::: note",
    "!!! warning",
    "??? tip",
    ".. note::",
    ":smile:",
    "<?php echo 1 ?>",
    "<!DOCTYPE html>",
    "&amp;nbsp;",
    "&nosuchname;",
    "| a | b |",
    "~~struck",
    "``open",
    "h2. Title",
    "bq. A quotation",
    "‘‘‘ a",
    '"""',
    "- [ ] a",
    "- [x] a",
    "* [X] a",
    "> [!NOTE]\n> a",
    "> [!tip]- a",
    "- [\u00a0] a",
    "__init",
    "{#id} a",
]
_RIGHT = [
    "[a]",
    "[sic] and [...]",
    "a = b == c",
    "At 10:30:45.",
    "A ratio of 3:2.",
    "C: or D:",
    "a | b",
    "50% and 60%",
    "x^2",
    "R&D; more",
    "AT&T",
    "a :) b",
    "Note: this",
    "[1] and [2]",
    "{a}",
    "{ a }",
    "he said: “[a] word=b”",
    "Wait... what?",
    "H2O",
    "a--b",
    "!",
    "!!!",
    "Really?!",
    "5 < 6 > 4",
    "::",
    "(see [it](help:samaritans))",
    "`[TOC] ==a== {{b}} :c:`",
]


@pytest.mark.parametrize("sign", _OTHERS)
def test_unrendered_markup_is_a_warning(sign: str) -> None:
    """Visible markup is a warning on its line, with a hint."""
    told = problems(f"Words.\n\n{sign}\n")
    assert {(one.name, one.position.line) for one in told} == {("stray-mark", 3)}
    assert {one.severity for one in told} == {Severity.WARNING}


@pytest.mark.parametrize("words", _RIGHT)
def test_ordinary_text_is_not_reported(words: str) -> None:
    """Ordinary sentences and code are not reported."""
    assert problems(f"Words {words} more.\n") == ()


@pytest.mark.parametrize(
    "source",
    [
        "[a] (https://b.example)",
        "[a]\u00a0(https://b.example)",
        "[a]\u3000(help:samaritans)",
        "[a]\n(https://b.example)",
    ],
)
def test_link_with_a_space_is_an_error(source: str) -> None:
    """A link with any kind of space between its brackets is an error."""
    assert "broken-link" in {one.name for one in problems(source)}


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u202f", "\u3000", "\u2003", " \u00a0"])
@pytest.mark.parametrize("mark", ["-", "*", "+"])
def test_typographic_space_after_a_list_mark(space: str, mark: str) -> None:
    """A typographic space after a list mark is accepted."""
    assert (
        html(f"{mark}{space}a\n{mark}{space}b\n{space}{space}{mark}{space}c") == html(f"{mark} a\n{mark} b\n  {mark} c")
        or space == " \u00a0"
    )
    assert html(f"1.{space}a\n2.{space}b") == html("1. a\n2. b")
    assert html(f"##{space}A") == html("## A")
    assert html(f">{space}A") == html("> A")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("A sentence.\n---", ["accidental-heading"]),
        ("A sentence,\n-----", ["accidental-heading"]),
        ("words\n-", ["accidental-heading"]),
        ("title: A page\n---", ["accidental-heading"]),
        ("A heading\n---------", []),
        ("A heading\n---", []),
        ("A sentence.\n\n---\n\nAnother.", []),
        ("Words.\n\n    more\n\n    and more", ["indented-text"]),
        ("Words.\n\n\tmore", ["indented-text"]),
        ("- a\n\n    more of a", []),
        ("```\n    code\n```", []),
        ("Words.\n\nDay\tTime\nMonday\t10\nTuesday\t11", ["tabs-for-table"]),
        ("A\tb alone.\n\nMore\twords.", []),
        ("```\na\tb\nc\td\n```", []),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", ["lost-cell"]),
        ("| a | b |\n|---|---|\n| 1 |", ["short-row"]),
        ("| a | b |\n|---|---|\n| 1 | `2|3` |\n| 1 | 2\\|3 |\n| | |", []),
        ("> Times:\n> | a | b |\n> |---|---|\n> | 1 | 2 |", []),
    ],
)
def test_accidental_markup_is_a_warning(source: str, names: list[str]) -> None:
    """An accidental heading, code or lost cell is a warning."""
    assert [one.name for one in problems(source)] == names


def test_table_without_a_blank_line() -> None:
    """A table after a line of text is a table."""
    assert html("Times:\n| a | b |\n|---|---|\n| 1 | 2 |") == html("Times:\n\n| a | b |\n|---|---|\n| 1 | 2 |")
