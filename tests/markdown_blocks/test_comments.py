"""Comments end where browsers end them, and no visible text escapes the checks."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.markdown_blocks.block_scanner import outline
from plugins.markdown_blocks.render import render
from tests.markdown_blocks.world import RENDERER, errors, html, world

_PIECES = (
    *("<!-->", "<!--->", "<!--", "-->", "--!>", "--", "->", ">", "<!", "<?", "?>", "<![CDATA[", "]]>", "<!x", "</ x>"),
    *('<img src="/none.png">', "<h6>", "</h6>", '<a href="//evil.example">', "</a>", "<b>", "</b>", "<b title='", "'>"),
    *("`", "``", "\\", "\n", "\n\n", "\n> ", "\n- ", "\n    ", "\n```\n", "\t", " ", "word", "<div>", "</div>"),
)
_SOURCES = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


@settings(deadline=None, max_examples=300)
@given(_SOURCES)
@example('<!--> <img src="/none.png"> -->')
@example('<!---> <a href="//evil.example">y</a> -->')
@example('<!-- a --!> <img src="/none.png"> -->')
@example('<![CDATA[ > <img src="/none.png"> ]]>')
@example('<? > <img src="/none.png"> ?>')
def test_raw_html_is_reported(source: str) -> None:
    """A text without problems contains no raw HTML of its author in a browser."""
    if errors(source):
        return
    body = html5lib.parse(RENDERER.render(source, world()).body.html, namespaceHTMLElements=False)
    shown = {element.tag for element in body.iter()}
    assert shown.isdisjoint({"img", "a", "h6", "div"})


@settings(deadline=None, max_examples=200)
@given(_SOURCES)
def test_comments_are_removed(source: str) -> None:
    """No comment is in the page, and other characters keep their columns."""
    assert "<!" not in RENDERER.render(source, world()).body.html
    for line in outline(source):
        assert len(line.without_comments()) == len(line.source)


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("a <!-- b\nb --> c", "<p>a \nc</p>"),
        ("a <!-- b\nb\nb -->\nc", "<p>a \nc</p>"),
        ("- a\n<!-- b -->\n- c", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>"),
        ("> a <!-- b\n> b --> c", "<blockquote>\n<p>a \nc</p>\n</blockquote>"),
        ("<!-- a -->\n## B", '<h2 id="b">B</h2>'),
        ("<!--> a", "<p>a</p>"),
        ("<!---> a", "<p>a</p>"),
        ("a <!-- b --!> c", "<p>a  c</p>"),
        ("`<!-- a -->`", "<p><code>&lt;!-- a --&gt;</code></p>"),
        ("```\n<!-- a -->\n```", "<pre><code>&lt;!-- a --&gt;\n</code></pre>"),
    ],
)
def test_comments_are_not_shown(source: str, right: str) -> None:
    """A comment is removed without a trace, except in code."""
    assert html(source).strip() == right


def test_nested_comment_is_reported() -> None:
    """A comment within a comment is reported, because it ends the outer one."""
    (told,) = errors("One.\n\n<!-- a\n<!-- b --> c -->")
    assert (told.name, told.position.line, told.position.column) == ("nested-comment", 4, 1)


def test_comment_after_a_comment() -> None:
    """Both ``-->`` and ``--!>`` end a comment."""
    assert errors("One.\n\n<!-- a --> b <!-- c --> d\n\n<!-- a --!> b <!-- c --!> d") == ()


@pytest.mark.parametrize("source", ["\t\tx", "a\t<!--\tb\t-->\tc <!-- d -->", "> \t<!-- a\n> b\t--> c <!-- d -->"])
def test_columns_with_tabs(source: str) -> None:
    """Columns count the characters of the source."""
    shown = "\n".join(line.without_comments("_") for line in outline(source))
    assert shown == source.replace("<!--\tb\t-->", "_" * 10).replace("<!-- d -->", "_" * 10).replace(
        "<!-- a", "_" * 6
    ).replace("> b\t-->", "> _____")


def test_renderers_do_not_share_an_extractor() -> None:
    """Each renderer replaces Python-Markdown's HTML extractor."""
    assert render("<!--> x", world()).body.html == RENDERER.render("<!--> x", world()).body.html
