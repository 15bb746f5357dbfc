"""The fast inline processor and late emphasis have the results of Python-Markdown and pymdown-extensions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from pymdownx.betterem import BetterEmExtension
from pymdownx.tilde import DeleteSubExtension

from plugins.markdown_blocks import render
from plugins.markdown_blocks.inline import MARKS, FastInlineProcessor
from plugins.markdown_blocks.render import Renderer
from tests.markdown_blocks.sources import existing_texts
from tests.markdown_blocks.world import world

#: All that any of the patterns looks for, and words between.
PIECES = [
    *"`\\[]!<>&*_~-.'\"()^:;#{}|/ \n", "  \n", "\\\n", "...", "--", "---", "[^1]", "[a](b)", "![a](b)", "&amp;",
    "&#8212;", "<b>", "</b>", "<!--", "-->", "https://a.example/", "<https://a.example>", "www.a.example", "WwW.a", "://",
    "word", "it's", "Ünder", "90s", "\n\n", "- ", "> ", "## ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


class PlainEmphasis(Extension):
    """Emphasis and deletion by the extensions of pymdown-extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register both."""
        BetterEmExtension().extendMarkdown(md)
        DeleteSubExtension(subscript=False).extendMarkdown(md)


@pytest.fixture(scope="module")
def plain() -> Renderer:
    """Return a renderer with Python-Markdown's own inline processors, and the emphasis of pymdown-extensions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "EmphasisExtension", PlainEmphasis)
        patch.setattr(render, "use_fast_inline_processors", lambda _: None)
        return Renderer()


QUICK = Renderer()


def patterns() -> Iterator[tuple[str, Any]]:
    """Yield all patterns of both inline processors, by name."""
    for name in ("inline", "smarty"):
        processor = QUICK._markdown.treeprocessors[name]
        assert isinstance(processor, FastInlineProcessor)
        for mark in MARKS:
            if mark in processor.inlinePatterns:
                yield mark, processor.inlinePatterns[mark]


def test_marks_are_of_existing_patterns() -> None:
    """Each name in ``MARKS`` is that of a pattern."""
    assert {name for name, _ in patterns()} == MARKS.keys()


@given(TEXTS)
def test_patterns_match_nothing_without_their_marks(text: str) -> None:
    """A text that a pattern matches contains one of its marks."""
    for name, pattern in patterns():
        if not any(mark in text for mark in MARKS[name]):
            assert pattern.getCompiledRegExp().search(text) is None, name


@given(TEXTS)
@example("*a `b` _c_* [d](e 'f') -- 'g' \"h\"")
@example("***a** b* c*d*e **f***g*** _h_i_ __j_k__ ~~l~~ ~m~ ~~~n~~~ \\~~o~~ *p~~q*~~ **(r)**s")
def test_any_text_comes_out_the_same(plain: Renderer, text: str) -> None:
    """The HTML and the problems of any text are those that Python-Markdown's own passes give."""
    assert QUICK.render(text, world()) == plain.render(text, world())


@pytest.mark.deep
def test_all_that_is_written_comes_out_the_same(plain: Renderer) -> None:
    """So are those of every text of the site, of the handbook and of the tests."""
    written = existing_texts()
    assert len(written) > 200
    for file, text in written.items():
        assert QUICK.render(text, world()) == plain.render(text, world()), file


def test_patterns_are_compiled_when_a_text_needs_them() -> None:
    """A new renderer has compiled no pattern of emphasis, and a text makes it compile those that are tried on it."""
    fresh = Renderer()
    delimiters = fresh._markdown.inlinePatterns["delimiter"].delimiters  # type: ignore[attr-defined]
    assert delimiters.keys() == {"*", "_", "~"}
    for text, compiled in (("Plain.", set()), ("*One*", {"*"}), ("_Two_", {"*", "_"})):
        fresh.render(text, world())
        assert {mark for mark, delimiter in delimiters.items() if "boundary" in vars(delimiter)} == compiled
