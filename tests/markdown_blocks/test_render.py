"""Test how Markdown and blocks are rendered."""

from __future__ import annotations

import pytest

from plugins.base.problem import Position, Severity
from plugins.markdown_blocks.render import Renderer, render
from plugins.views.body import Heading
from tests.markdown_blocks.world import RENDERER, errors, html, problems, world


def _joined(text: str) -> str:
    """Return HTML without the line breaks between its elements."""
    return text.replace(">\n<", "><")


def test_a_quotation() -> None:
    """A quotation is a figure with its source, which may have Markdown, as its caption."""
    assert _joined(html("/// quote | *Charter*, [page 1](https://example.org/)\nWe listen.\n///")) == (
        '<figure class="quote"><blockquote><p>We listen.</p></blockquote><figcaption><em>Charter</em>, '
        '<a href="https://example.org/" rel="noreferrer">page 1</a></figcaption></figure>'
    )


def test_questions() -> None:
    """A reflection is a section labelled by its default title."""
    assert _joined(html("/// reflection\n- Who?\n- Why?\n///")) == (
        '<section aria-labelledby="questions-to-ask-yourself" class="reflection">'
        '<h2 class="reflection__title" id="questions-to-ask-yourself">Questions to ask yourself</h2>'
        "<ul><li>Who?</li><li>Why?</li></ul></section>"
    )


def test_questions_under_another_title() -> None:
    """An author may set the title of a reflection."""
    assert '<h2 class="reflection__title" id="your-week">Your week</h2>' in html(
        "/// reflection | Your week\n- Who?\n///"
    )


def test_a_call_to_action() -> None:
    """A call to action is a section labelled by its heading, and may contain help contacts."""
    source = "//// call-to-action | Talk to us\nAny time.\n\n/// help | samaritans\n///\n////"
    assert _joined(html(source)) == (
        '<section aria-labelledby="talk-to-us" class="call-to-action">'
        '<h2 class="call-to-action__title" id="talk-to-us">Talk to us</h2><p>Any time.</p>'
        '<div class="help-list"><div class="help-contact"><h3>samaritans</h3></div></div></section>'
    )


def test_a_content_note_has_a_label() -> None:
    """A content note begins with a label."""
    assert _joined(html("/// content-note\nDrug *use*.\n\nMore.\n///")) == (
        '<div class="content-note"><p><strong>Content note:</strong> Drug <em>use</em>.</p><p>More.</p></div>'
    )


def test_a_content_note_that_begins_with_a_list() -> None:
    """The label of a content note comes before a list at its beginning."""
    assert _joined(html("/// content-note\n- a\n///")) == (
        '<div class="content-note"><p><strong>Content note:</strong></p><ul><li>a</li></ul></div>'
    )


def test_commitments() -> None:
    """Commitments are rendered as their cards, in the given order."""
    assert html("## Ours\n\n/// commitments | we-tell-the-truth, we-listen-first\n///").endswith(
        '<div class="commitment-list"><article class="commitment-card"><h3>we-tell-the-truth</h3></article>'
        '<article class="commitment-card"><h3>we-listen-first</h3></article></div>'
    )


def test_ids_of_blocks_are_unique() -> None:
    """Two blocks with the same title and a heading with the same words have different ids."""
    block = "/// reflection\n- Why?\n///\n"
    rendered = RENDERER.render(f"## Questions to ask yourself\n\n{block}\n{block}", world())
    assert rendered.problems == ()
    assert len(rendered.anchors.value) == 3
    assert rendered.body.html.count("aria-labelledby") == 2


def test_headings_of_the_body() -> None:
    """The list of headings has levels, ids and plain text, without the titles of blocks."""
    source = (
        "## What's *new* for £5 & [more](/help/)\n\n### It’s “it”[^1]\n\n/// reflection\n- Why?\n///\n\n"
        "## Café {#coffee}\n\n## Content\n\n## 東京\n\n## 🎉\n\n[^1]: Note"
    )
    assert RENDERER.render(source, world()).body.headings == (
        Heading(2, "whats-new-for-5-and-more", "What’s new for £5 & more"),
        Heading(3, "its-it", "It’s “it”"),
        Heading(2, "coffee", "Café"),
        Heading(2, "content-section", "Content"),
        Heading(2, "dong-jing", "東京"),
        Heading(2, "section", "🎉"),
    )


def test_a_heading_of_the_first_level() -> None:
    """A heading of the first level is a problem, because the page has its title."""
    (problem,) = problems("Text\n\n# Title\n", world(first_line=7))
    assert (problem.name, problem.position) == ("second-h1", Position(9, 1))


def test_a_hash_without_a_space() -> None:
    """A line that begins with a hash sign and no space is a problem, since it would become a heading."""
    (problem,) = problems("Text.\n\n#OurChoice is the word.")
    assert (problem.name, problem.position.line) == ("second-h1", 3)


def test_a_level_that_is_skipped() -> None:
    """A heading two levels below the one before it is a warning at its line."""
    (problem,) = problems("## A\n\n#### B\n\n##### C\n\n## D\n\n### E")
    assert (problem.name, problem.position, problem.severity) == ("heading-skips", Position(3, 1), Severity.WARNING)
    assert problem.hint == "write `###`"


def test_cards_without_a_heading() -> None:
    """Cards need a heading of the second level before them, because their headings are of the third."""
    (problem,) = problems("/// content-note\nText.\n///\n\n/// help | samaritans\n///")
    assert (problem.name, problem.position) == ("heading-skips", Position(5, 1))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("##\n\nText", "empty-heading"),
        ("## \u2060\n\nText", "empty-heading"),
        ("## \u200b\u00ad\ufeff {#part}\n\nText", "empty-heading"),
        ("## &#8203;\n\nText", "empty-heading"),
        ("/// content-note\n\u200b\n///", "empty-block"),
        ("/// quote | \u2060\nText.\n///", "missing-argument"),
        ("/// reflection | \u200b\n- Who?\n///", "missing-argument"),
        ("Text&#x202E;.", "turning-character"),
        ('[Text](https://example.org/ "A &#8295;title")', "turning-character"),
        ("## A {#same}\n\n## B {#same}", "repeated-anchor"),
        ("Text[^1].", "undefined-footnote"),
        ("Text.\n\n[^1]: Note", "unused-footnote"),
        ("Some **bold text.", "stray-mark"),
        ("Some text. {#id .c} more", "stray-mark"),
        ("• A point", "foreign-bullet"),
        ("– A point", "foreign-bullet"),
        ("Bring:\n– A point", "foreign-bullet"),
        ("Text\n\n<!-- a note", "unclosed-comment"),
        ('Text <span style="color: red">red</span>.', "unknown-attribute"),
        ("## A {onclick=x}", "unknown-attribute"),
        ("<div>\n\nText\n\n</div>", "raw-html"),
        ('See <a href="https://example.org/">this</a>.', "raw-html"),
        ("Dear <name>,", "raw-html"),
        ("<table><tr><td>One</td><td>two</td></tr></table>", "raw-html"),
        ("<script>alert(1)</script>", "raw-html"),
    ],
)
def test_other_mistakes(source: str, name: str) -> None:
    """Text that would be lost or shown as markup is a problem at its line."""
    (problem,) = problems(source)
    assert problem.name == name
    assert source.split("\n")[problem.position.line - 1][problem.position.column - 1 :].strip()


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("– one\n– two", [1, 2]),
        ("– one that is\nlong\n– two", [1, 3]),
        ("Bring:\n\n–\u00a0one\n\n–\u00a0two", [3, 5]),
        ("We came early\n– it was Monday – and left.", []),
        ("–1 is a number.", []),
        ("> Words.\n>\n> – A friend", []),
    ],
)
def test_en_dashes_of_word(source: str, lines: list[int]) -> None:
    """An en dash and a space begin a list item where one is possible, and are punctuation in a paragraph."""
    found = [problem for problem in problems(source) if problem.name == "foreign-bullet"]
    assert [problem.position.line for problem in found] == lines


def test_a_picture_by_itself() -> None:
    """A picture alone in its paragraph is a figure with its title as the caption."""
    assert html('![A tree](tree.jpg "By the *lake*")', world(root="/sub")) == (
        '<figure class="picture"><img alt="A tree" decoding="async" height="360" loading="lazy" '
        'src="/sub/images/tree.jpg" width="640"><figcaption>By the *lake*</figcaption></figure>'
    )


@pytest.mark.parametrize("address", ["tree.jpg", "/articles/here/tree.jpg", "{filename}tree.jpg", "../here/tree.jpg"])
def test_addresses_of_pictures(address: str) -> None:
    """The path of a picture is relative to the text or, with a leading slash, to the content folder."""
    assert 'src="/images/tree.jpg"' in html(f"![A tree]({address})")


def test_a_picture_in_a_sentence() -> None:
    """A picture in a sentence stays inline."""
    assert html("Look: ![A tree](tree.jpg)!").startswith('<p>Look: <img alt="A tree"')


def test_a_missing_picture_shows_its_alt_text() -> None:
    """In a preview, a missing picture is replaced by its alt text."""
    assert RENDERER.render("![A tree](oak.jpg)", world()).body.html == "<p><span>A tree</span></p>"


def test_a_table() -> None:
    """A table is scrollable by keyboard, and its cells are aligned by class."""
    assert _joined(html("| Day | Pounds |\n|:---|---:|\n| Monday | 5 |")) == (
        '<div aria-label="Table" class="table" role="region" tabindex="0"><table><thead><tr><th scope="col">Day</th>'
        '<th class="align-right" scope="col">Pounds</th></tr></thead><tbody><tr><td>Monday</td>'
        '<td class="align-right">5</td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\"Hello,\" she said -- it's '80s talk...", "<p>“Hello,” she said – it’s ’80s talk…</p>"),
        (
            "*a* **b** ***c*** ~~d~~ `e` snake_case_word",
            "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> ",
        ),
        ("one\\\ntwo", "<p>one<br>"),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>"),
        ("Term\n:   Meaning", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        (
            "```python\n<b> & 'q'\n\n  x\n```",
            "<pre><code class=\"language-python\">&lt;b&gt; &amp; 'q'\n\n  x\n</code></pre>",
        ),
        ("- a\n\n    ```\n    x\n      y\n    ```", "<pre><code>x\n  y\n</code></pre>"),
        ("Text\n<!-- private -->\nmore", "<p>Text</p>\n<p>more</p>"),
        ("1. a\n2. b\n\n- c", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<ul>\n<li>c</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">'),
    ],
)
def test_markdown(source: str, expected: str) -> None:
    """Markdown has its usual meaning."""
    assert expected in html(source)


def test_footnotes() -> None:
    """Footnotes are numbered in the order of their references and link back to the text."""
    body = html("One[^b] two[^a].\n\n[^a]: First written.\n[^b]: First met.")
    assert body.index("First met.") < body.index("First written.")
    assert '<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">1</a></sup>' in body
    assert 'href="#fnref:b" title="Back to the text, note 1">' in body


@pytest.mark.parametrize(
    ("source", "first"),
    [
        (
            "![A tree](tree.jpg)\n\n/// content-note\nDrugs.\n///\n\n> No.\n\nThe *first*\none[^1] & “it”.\n\n[^1]: N",
            None,
        ),
        ("## Heading\n\n- No\n", ""),
        ("", ""),
    ],
)
def test_first_paragraph(source: str, first: str | None) -> None:
    """The first paragraph is the first outside any other element, as plain text."""
    expected = "The first one & “it”." if first is None else first
    assert RENDERER.render(source, world()).body.first_paragraph == expected


def test_words() -> None:
    """The words are those that readers see, without Markdown syntax and footnote marks."""
    source = (
        "## Two words\n\nThree *little* words[^1] –\n\n- four\n- it's\n\n[^1]: Six\n\n| a | b |\n|---|---|\n| c | d |"
    )
    assert RENDERER.render(source, world()).body.words == 12


def test_a_renderer_has_no_state() -> None:
    """The output for a text does not depend on the texts rendered before it."""
    renderer = Renderer()
    source = "[^1]: n\n\nx[^1] NHS [a][r]\n\n[r]: /help/\n\n## A\n\n/// reflection\n- Why?\n///"
    first = renderer.render(source, world(glossary={"NHS": "National Health Service"}))
    renderer.render("/// quote | unclosed\n\n- /// reflection\n\n[a][r] `", world())
    assert renderer.render(source, world(glossary={"NHS": "National Health Service"})) == first
    assert renderer.render("NHS [a][r]", world()).body.html == "<p>NHS [a][r]</p>"
    assert renderer.render("", world()).body.headings == ()


def test_render_function() -> None:
    """``render`` renders one text."""
    assert render("Text.", world()).body.html == "<p>Text.</p>"


def test_positions_are_those_of_the_file() -> None:
    """Problems have the lines of the file, in order, although the renderer inserts lines to correct lists."""
    source = "Bring:\n- a\n  - b\n\n[s](help:zzz)\n\nBring:\n- c\n\n# H"
    found = [(problem.name, problem.position.line) for problem in errors(source, world(first_line=30))]
    assert found == [("unknown-contact", 34), ("second-h1", 39)]
