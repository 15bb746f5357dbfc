"""No body hangs or ends a build: what is too deep or too much is told at its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown_blocks import block_parser, bounds
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
def test_what_is_too_deep_is_told(source: str) -> None:
    """A text of a few kilobytes that Python-Markdown ends with a `RecursionError` is told at its line."""
    (told,) = problems(f"One.\n\n{source}")
    assert told.name == "too-many-levels"
    assert told.position.line >= 3


@pytest.mark.parametrize("source", _MUCH.values(), ids=_MUCH)
def test_what_is_too_much_is_told(source: str) -> None:
    """A text that Python-Markdown reads for minutes is told at its line, at once."""
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
def test_what_people_write_is_not(source: str) -> None:
    """Long lists, tables and texts with many marks are read."""
    assert problems(source) == ()


def test_time_is_a_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no count foresees is given up, and the next text is read as ever."""
    renderer = Renderer()
    right = renderer.render("One *two*.\n\n- three", world())
    monkeypatch.setattr(block_parser, "TIME", -1.0)
    (told,) = renderer.render("One *two*.\n\n- three", world()).problems
    assert told.name == "too-slow"
    monkeypatch.undo()
    assert renderer.render("One *two*.\n\n- three", world()) == right


def test_depth_is_a_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `RecursionError` is no fault of ours, and the next text is read as ever."""
    renderer = Renderer()
    monkeypatch.setattr(bounds, "DEPTH", 10_000)
    (told,) = renderer.render("1. " * 5000, world()).problems
    assert (told.name, told.position.line) == ("too-many-levels", 1)
    assert renderer.render("One *two*.", world()) == render("One *two*.", world())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join), st.sampled_from([50, 390, 3000]))
def test_repetition_is_read_or_told(piece: str, times: int) -> None:
    """Whatever is repeated is rendered, or told within the bound of time."""
    for problem in RENDERER.render(piece * times, world()).problems:
        assert problem.name != "too-slow"
