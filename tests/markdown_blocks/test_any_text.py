"""Any text is rendered, and each block is rendered or reported."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.base.problem import Position
from tests.examples import examples
from tests.markdown_blocks.sources import markdown_lines
from tests.markdown_blocks.world import RENDERER, world

_BLOCKS = (
    "figure.quote, section.reflection, section.call-to-action, div.content-note, div.commitment-list, div.help-list"
)


@settings(deadline=None, max_examples=examples(300))
@given(st.text() | markdown_lines())
@example("> [a][r]\n    1. x\n/// reflection\n- /// help | samaritans\n////\n- ## H2\n# H\n  /// help | samaritans")
@example(
    "    - c\n            deep\n  text\n> //// call-to-action | T\n- /// quote | A\n    ---\n//// call-to-action | T"
)
def test_any_text_is_rendered(source: str) -> None:
    """Rendering never fails or hangs, and problems have positions within the text."""
    rendered = RENDERER.render(source, world())
    end = Position(source.count("\n") + source.count("\r") + 1)
    assert all(Position(1, 1) <= problem.position < Position(end.line + 1) for problem in rendered.problems)


@settings(deadline=None, max_examples=examples(300))
@given(markdown_lines())
def test_blocks_are_rendered_or_reported(source: str) -> None:
    """In a text without problems every block is rendered and no slashes are visible."""
    rendered = RENDERER.render(source, world())
    body = BeautifulSoup(rendered.body.html, "html.parser")
    for code in body.find_all(["code", "pre"]):
        code.decompose()
    errors = [problem for problem in rendered.problems if problem.severity.value == "error"]
    assert errors or not re.search(r"^\s*/{3}", body.get_text(), re.MULTILINE)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["quote", "reflection", "call", "note", "text", "code"]), max_size=6), st.data())
def test_valid_blocks_are_rendered(kinds: list[str], data: st.DataObject) -> None:
    """The number of rendered blocks is that of valid blocks."""
    slashes = data.draw(st.lists(st.sampled_from(["///", "////", "/////"]), min_size=len(kinds), max_size=len(kinds)))
    written = {
        "quote": "{0} quote | A\nText.\n\n- a\n  - b\n{0}",
        "reflection": "{0} reflection\n- Why?\n{0}",
        "call": "{0}/ call-to-action | T\nText.\n\n{0} help | samaritans\n{0}\n\nMore.\n{0}/",
        "note": "{0} content-note\nText.\n{0}",
        "text": "Some text:\n- a",
        "code": "```\n{0} quote | A\n```",
    }
    source = "\n\n".join(written[kind].format(mark) for kind, mark in zip(kinds, slashes, strict=True))
    rendered = RENDERER.render(source, world())
    assert rendered.problems == ()
    expected = sum({"call": 2, "text": 0, "code": 0}.get(kind, 1) for kind in kinds)
    assert len(BeautifulSoup(rendered.body.html, "html.parser").select(_BLOCKS)) == expected
