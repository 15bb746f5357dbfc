"""Comments end where browsers end them, and nothing that readers see escapes the checks."""

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
def test_no_raw_html_reaches_readers_untold(source: str) -> None:
    """What a browser would make of a text that nothing is told of holds no element that its author wrote as HTML."""
    if errors(source):
        return
    body = html5lib.parse(RENDERER.render(source, world()).body.html, namespaceHTMLElements=False)
    shown = {element.tag for element in body.iter()}
    assert shown.isdisjoint({"img", "a", "h6", "div"})


@settings(deadline=None, max_examples=200)
@given(_SOURCES)
def test_no_comment_is_left(source: str) -> None:
    """No comment reaches the page, and what is left of a source has every character in its column."""
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
def test_a_comment_is_not_shown(source: str, right: str) -> None:
    """A comment leaves nothing behind; in code it is shown."""
    assert html(source).strip() == right


def test_a_comment_in_a_comment_is_told() -> None:
    """It would end the outer one."""
    (told,) = errors("One.\n\n<!-- a\n<!-- b --> c -->")
    assert (told.name, told.position.line, told.position.column) == ("nested-comment", 4, 1)


def test_a_comment_after_another_is_in_none() -> None:
    """Each of the two ends of a comment ends it."""
    assert errors("One.\n\n<!-- a --> b <!-- c --> d\n\n<!-- a --!> b <!-- c --!> d") == ()


@pytest.mark.parametrize("source", ["\t\tx", "a\t<!--\tb\t-->\tc <!-- d -->", "> \t<!-- a\n> b\t--> c <!-- d -->"])
def test_tabs_move_no_column(source: str) -> None:
    """Columns count the characters of the source."""
    shown = "\n".join(line.without_comments("_") for line in outline(source))
    assert shown == source.replace("<!--\tb\t-->", "_" * 10).replace("<!-- d -->", "_" * 10).replace(
        "<!-- a", "_" * 6
    ).replace("> b\t-->", "> _____")


def test_a_text_is_rendered_alike_after_any_other() -> None:
    """Python-Markdown's own extractor is replaced in each renderer."""
    assert render("<!--> x", world()).body.html == RENDERER.render("<!--> x", world()).body.html
