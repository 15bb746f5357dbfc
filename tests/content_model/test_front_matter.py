"""Test the splitting of front matter and body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.problem import Position, Problem
from plugins.content_model.front_matter import Split, split


def test_a_file_is_split_at_its_fences() -> None:
    """The YAML is between the two fences, and the body after them, with its line in the file."""
    assert split("---\na: 1\n---\n\nText\n", "a.md") == Split("a: 1", "\nText\n", 4)


@pytest.mark.parametrize("text", ["\ufeff---\na: 1\n---\nText", "---  \na: 1\n---\t\nText"])
def test_a_byte_order_mark_is_ignored(text: str) -> None:
    """A byte order mark and white space after a fence are ignored."""
    assert split(text, "a.md") == Split("a: 1", "Text", 4)


def test_a_hyphen_is_a_list_item() -> None:
    """A line with one hyphen begins a list item, and is not a broken fence."""
    parts = split("---\nlog:\n  -\n    on: x\n-\n---\nText", "a.md")
    assert isinstance(parts, Split)
    assert parts.body == "Text"


def test_a_rule_in_the_text_is_not_a_fence() -> None:
    """Only the first closing line is a fence. Later ones belong to the text."""
    parts = split("---\na: 1\n---\none\n---\ntwo", "a.md")
    assert isinstance(parts, Split)
    assert parts.body == "one\n---\ntwo"


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        ("", "missing-front-matter", 1),
        ("Text only\n", "missing-front-matter", 1),
        ("\n---\na: 1\n---\n", "text-before-fence", 1),
        ("----\na: 1\n---\n", "broken-fence", 1),
        ("—\na: 1\n---\n", "broken-fence", 1),
        ("***\na: 1\n---\n", "broken-fence", 1),
        ("---\na: 1\n—\nText", "broken-fence", 3),
        ("---\na: 1\n...\nText", "broken-fence", 3),
        ("---\na: 1\n--\nText", "broken-fence", 3),
        ("---\na: 1\nb: 2\n\nText\n", "missing-fence", 3),
        ("---\na: 1\n## Heading\n---\n", "missing-fence", 2),
        ("---\na: 1\n/// quote | x\n---\n", "missing-fence", 2),
    ],
)
def test_a_missing_or_broken_fence_is_a_problem(text: str, name: str, line: int) -> None:
    """A fence that is missing, misspelt or not on the first line is reported at the line where it belongs."""
    problem = split(text, "a.md")
    assert isinstance(problem, Problem)
    assert (problem.name, problem.position, problem.path) == (name, Position(line, 1), "a.md")


@given(st.text() | st.lists(st.sampled_from(["---", "—", "a: 1", "", "...", "Text", "## H"])).map("\n".join))
def test_any_text_is_split_or_has_a_problem(text: str) -> None:
    """Any text is split into parts of it, or has a problem on one of its lines."""
    parts = split(text, "a.md")
    lines = text.split("\n")
    if isinstance(parts, Problem):
        assert 1 <= parts.position.line <= len(lines)
    else:
        assert "\n".join(lines[parts.body_line - 1 :]) == parts.body
        assert "\n".join(lines[1 : parts.body_line - 2]) == parts.yaml
