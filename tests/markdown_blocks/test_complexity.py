"""Texts that are too complex are reported instead of hanging or ending the build."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown_blocks import block_parser, complexity
from plugins.markdown_blocks.render import Renderer, render
from tests.markdown_blocks.world import RENDERER, problems, world

_DEEP = {
    "markers on one line": "- " * 1000 + "a",
    "numbers on one line": "1. " * 5000,
    "quotation marks": ">" * 5000,
    "quotations": "> - " * 700,
    "nested items": "\n".join(f"{'  ' * depth}- a" for depth in range(300)),
}
_MUCH = {
    "emphasis": "**a *b " * 4000,
    "emphasis of both kinds": "***a* **b " * 2800,
    "brackets": "[" * 28000,
    "pictures": "![" * 14000,
    "links": "[a](" * 7000,
    "tags": "<a " * 9000,
    "elements": "<div>\n" * 4000,
    "deletions": "~~a " * 7000,
    "fences": "~~~ a\n" * 4000,
    "definitions": "a\n: b\n" * 4000,
}


_PIECES = (*"*_~[]()<>`!|:#&-'\"\\ \na", "- ", "1. ", "> ", "    ", "***", "](", "<!--", "~~~\n")


@pytest.mark.parametrize("source", _DEEP.values(), ids=_DEEP)
def test_deep_nesting_is_reported(source: str) -> None:
    """A text that raises a ``RecursionError`` in Python-Markdown is reported at its line."""
    (told,) = problems(f"One.\n\n{source}")
    assert told.name == "too-many-levels"
    assert told.position.line >= 3


@pytest.mark.parametrize("source", _MUCH.values(), ids=_MUCH)
def test_too_many_marks_are_reported(source: str) -> None:
    """A text that Python-Markdown parses for minutes is reported at its line immediately."""
    told, *_ = problems(f"One.\n\n{source}")
    assert told.name == "too-many-marks"
    assert told.position.line >= 3


@pytest.mark.parametrize(
    "source",
    [
        "\n".join(f"{'  ' * depth}- a" for depth in range(6)),
        "".join(f"- **item** {number} [there]({{filename}}/articles/there/index.md)\n" for number in range(300)),
        "| a | b |\n|---|---|\n" + "| **a** | *b* |\n" * 300,
        "".join(f"**bold** and *soft*, word {number}\n\n" for number in range(300)),
        "".join(f"Term {number}\n: Meaning\n\n" for number in range(100)),
    ],
)
def test_ordinary_texts_are_accepted(source: str) -> None:
    """Long lists, tables and texts with many marks are rendered."""
    assert problems(source) == ()


def test_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text beyond the time limit is reported, and the next text is rendered."""
    renderer = Renderer()
    right = renderer.render("One *two*.\n\n- three", world())
    monkeypatch.setattr(block_parser, "TIME", -1.0)
    (told,) = renderer.render("One *two*.\n\n- three", world()).problems
    assert told.name == "too-slow"
    monkeypatch.undo()
    assert renderer.render("One *two*.\n\n- three", world()) == right


def test_recursion_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ``RecursionError`` is reported, and the next text is rendered."""
    renderer = Renderer()
    monkeypatch.setattr(complexity, "DEPTH", 10_000)
    (told,) = renderer.render("1. " * 5000, world()).problems
    assert (told.name, told.position.line) == ("too-many-levels", 1)
    assert renderer.render("One *two*.", world()) == render("One *two*.", world())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join), st.sampled_from([50, 390, 3000]))
def test_repetition_is_rendered_or_reported(piece: str, times: int) -> None:
    """Any repeated text is rendered, or reported within the time limit."""
    for problem in RENDERER.render(piece * times, world()).problems:
        assert problem.name != "too-slow"
