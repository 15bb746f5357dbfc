"""The fast block parser has the same results as that of Python-Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from plugins.markdown_blocks import render
from plugins.markdown_blocks.block_parser import MARKS, FastBlockParser
from plugins.markdown_blocks.render import Renderer
from tests.markdown_blocks.sources import existing_texts, markdown_lines
from tests.markdown_blocks.world import world

#: All that any of the processors looks for, and words between.
_PIECES = [
    *"\n\n\n ` ~#=-*_+.:|>[](){}^/\\12a", "    ", "word", "1. ", "- ", "* ", "+ ", "---", "* * *", "===", ": ", "> ",
    "[a]: b", "[^1]: a", "*[a]: b", "| a | b |", "|---|---|", "/// quote | A", "///", "\n\n", "\u0661. ", "\xa0",
]  # fmt: skip
_BLOCKS = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
QUICK = Renderer()


class _PlainMarkdown(Markdown):
    """Python-Markdown without a time limit."""

    def start_timer(self) -> None:
        """Do nothing."""


@pytest.fixture(scope="module")
def plain() -> Iterator[Renderer]:
    """Yield a renderer with Python-Markdown's own block parser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "FastMarkdown", _PlainMarkdown)
        yield Renderer()


def test_marks_are_of_existing_processors() -> None:
    """The parser is in use, and each name in ``MARKS`` is that of a processor."""
    parser = QUICK._markdown.parser
    assert isinstance(parser, FastBlockParser)
    assert all(name in parser.blockprocessors for name in (*MARKS, "blocks"))
    assert all(processor.parser is parser for processor in parser.blockprocessors)


@given(_BLOCKS, st.sampled_from(["div", "li", "ul", "p", "dd", "pre"]))
def test_processors_ignore_blocks_without_their_marks(block: str, tag: str) -> None:
    """A block that a processor accepts contains one of its marks, and other blocks are unchanged."""
    for name, marks in MARKS.items():
        processor = QUICK._markdown.parser.blockprocessors[name]
        parent = Element("div")
        SubElement(parent, tag)
        blocks = [block, "next"]
        if not any(mark in block for mark in marks):
            assert not processor.test(parent, block) or processor.run(parent, blocks) is False, name
            assert (len(parent), blocks) == (1, [block, "next"])


@given(markdown_lines() | _BLOCKS)
def test_any_text_comes_out_the_same(plain: Renderer, text: str) -> None:
    """The HTML and the problems of any text are those that Python-Markdown's own parser gives."""
    assert QUICK.render(text, world()) == plain.render(text, world())


@pytest.mark.deep
def test_all_that_is_written_comes_out_the_same(plain: Renderer) -> None:
    """So are those of every text of the site, of the handbook and of the tests."""
    written = existing_texts()
    assert len(written) > 200
    for file, text in written.items():
        assert QUICK.render(text, world()) == plain.render(text, world()), file
