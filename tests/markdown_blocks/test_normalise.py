"""Sources that Python-Markdown would misread are normalised, and others are unchanged."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown_blocks.block_scanner import outline
from plugins.markdown_blocks.normalise import normalise
from tests.markdown_blocks.sources import markdown_lines, prose
from tests.markdown_blocks.world import html, problems

#: A list in a list: each item is the list of those nested in it.
trees: st.SearchStrategy[list[object]] = st.recursive(
    st.just([]), lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=8
)


@pytest.mark.parametrize(
    ("source", "mended"),
    [
        pytest.param("- a\n  - b\n    - c\n", "- a\n    - b\n        - c\n", id="two spaces"),
        pytest.param("1. a\n   - b\n   - c\n", "1. a\n    - b\n    - c\n", id="three spaces"),
        pytest.param("- a\n\n  more\n- b\n", "- a\n\n    more\n\n- b\n", id="a second paragraph in an item"),
        pytest.param(
            "- a\n  - b\n\n  more of a\n", "- a\n    - b\n\n    more of a\n", id="a paragraph of the outer item"
        ),
        pytest.param("Bring:\n- a\n", "Bring:\n\n- a\n", id="a list after a colon"),
        pytest.param("**Bring:**\n- a\n", "**Bring:**\n\n- a\n", id="a list after a bold colon"),
        pytest.param("Bring these\n- a\n- b\n", "Bring these\n\n- a\n- b\n", id="two items after a sentence"),
        pytest.param("Bring these\n- a\n  - b\n", "Bring these\n\n- a\n    - b\n", id="an item with a nested one"),
        pytest.param("Steps\n1. a\n2. b\n", "Steps\n\n1. a\n2. b\n", id="numbers after a sentence"),
        pytest.param("1) a\n2) b\n", "1. a\n2. b\n", id="numbers with brackets"),
        pytest.param("- a\n1. b\n2. c\n", "- a\n\n1. b\n2. c\n", id="another kind of list"),
        pytest.param(" - a\n - b\n", "- a\n- b\n", id="a list that does not begin at the edge"),
        pytest.param("> List:\n> - a\n>   - b\n", "> List:\n>\n> - a\n>     - b\n", id="a list in a quotation"),
        pytest.param(
            "/// reflection\n- a\n  - b\n///\n", "/// reflection\n- a\n    - b\n///\n", id="a list in a block"
        ),
        pytest.param("1986. A year\n", "1986\\. A year\n", id="a year is no list"),
        pytest.param("- a\n1986. A year\n", "- a\n1986\\. A year\n", id="a year in an item is no list"),
        pytest.param("- a\n---\n", "- a\n\n---\n", id="a rule after an item"),
        pytest.param("\ufeff# A\r\nb\rc", "# A\nb\nc", id="line ends and byte order mark"),
        pytest.param("-\ta\n\t- b\n", "-   a\n    - b\n", id="tabs"),
        pytest.param("  ```py\n  x\n  ````\n", "```py\nx\n```\n", id="an indented fence"),
        pytest.param("- a\n\n  ```\n  x\n  ```\n", "- a\n\n    ```\n    x\n    ```\n", id="a fence in an item"),
    ],
)
def test_normalise(source: str, mended: str) -> None:
    """A source that Python-Markdown would misread is normalised."""
    assert normalise(source) == mended


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("- a\n    - b\n        - c\n    - d\n- e\n", id="four spaces"),
        pytest.param("-   a\n\n    more\n\n-   b\n", id="four spaces with paragraphs"),
        pytest.param("We walked home\n- my sister and I - and said nothing.\n", id="a dash in a sentence"),
        pytest.param("It was the year\n1986. A year of rain.\n", id="a year in a sentence"),
        pytest.param("There were about\n12. Then more came.\n", id="a number in a sentence"),
        pytest.param("They were\n1. in the house\n", id="one number without a colon"),
        pytest.param("```\nList:\n- a\n  - b\n```\n", id="a fence of code"),
        pytest.param("~~~~\n```\n- a\n  - b\n~~~~\n", id="a fence in a fence"),
        pytest.param("Text\n\n    List:\n    - a\n      - b\n", id="indented code"),
        pytest.param("- a\n\n        code:\n        - b\n", id="indented code in an item"),
        pytest.param("<div>\nList:\n- a\n  - b\n</div>\n", id="raw HTML"),
        pytest.param("* * *\n\n- - -\n", id="rules"),
        pytest.param("Title\n-----\n\nText\n", id="an underlined heading"),
        pytest.param("98. a\n99. b\n100. c\n", id="a long list"),
        pytest.param("*Emphasis* at the start\n**bold** at the start\n", id="emphasis"),
        pytest.param("[^1]: A note\n\n    - with a list\n", id="a note"),
        pytest.param("", id="nothing"),
    ],
)
def test_unchanged_sources(source: str) -> None:
    """A source that Python-Markdown parses correctly is unchanged."""
    assert normalise(source) == source


@given(markdown_lines())
def test_normalise_is_idempotent(source: str) -> None:
    """Normalising a normalised source does not change it."""
    once = normalise(source)
    assert normalise(once) == once


@given(markdown_lines())
def test_words_are_kept(source: str) -> None:
    """Words keep their order, without those of comments."""
    shown = "\n".join(line.without_comments() for line in outline(source))
    assert re.findall(r"\w+", normalise(source)) == re.findall(r"\w+", shown)


@given(markdown_lines())
def test_lines_are_kept(source: str) -> None:
    """No line is lost or joined; only blank lines are added and comments removed."""
    shown = "\n".join(line.without_comments() for line in outline(source))
    assert len(_filled(normalise(source))) == len(_filled(shown))


@given(st.lists(prose() | st.just(""), max_size=12).map("\n".join))
def test_text_without_lists_is_unchanged(source: str) -> None:
    """Paragraphs do not change."""
    assert normalise(source) == source


@settings(deadline=None)
@given(trees, st.sampled_from([2, 3, 4]), st.sampled_from("-*+"), st.booleans())
def test_nested_lists_keep_their_structure(tree: list[object], step: int, marker: str, after_text: bool) -> None:
    """A list nested by two, three or four spaces keeps its structure."""
    items: list[object] = [tree, [], tree]
    source = "\n".join(_written(items, step, marker))
    body = BeautifulSoup(html(f"Bring these:\n{source}" if after_text else source), "html.parser")
    outermost = body.find("ul")
    assert isinstance(outermost, Tag)
    assert _shape(outermost) == items


def _filled(text: str) -> list[str]:
    return [line for line in text.split("\n") if re.search(r"\w", line)]


def _written(items: list[object], step: int, marker: str, depth: int = 0) -> list[str]:
    lines = []
    for item in items:
        lines.append(f"{' ' * step * depth}{marker} item")
        assert isinstance(item, list)
        lines += _written(item, step, marker, depth + 1)
    return lines


def _shape(ul: Tag) -> list[object]:
    return [
        [inner for nested in li.find_all("ul", recursive=False) for inner in _shape(nested)]
        for li in ul.find_all("li", recursive=False)
    ]


def test_year_is_text() -> None:
    """A paragraph that begins with a year is text."""
    assert html("1986. A year of rain.") == "<p>1986. A year of rain.</p>"


def test_dash_in_a_sentence_is_a_warning() -> None:
    """A line of a sentence that looks like a list item is text and causes a warning."""
    (problem,) = problems("We walked home\n- my sister and I - and said nothing.")
    assert (problem.name, problem.position.line, problem.severity.value) == ("unclear-list", 2, "warning")
