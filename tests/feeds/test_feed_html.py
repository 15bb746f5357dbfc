"""What leaves in a feed is whole, and harms nobody."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from plugins.feeds.feed_html import clean, plain, storable, whole

_BASE = "https://example.org/community/articles/one/"
_OWN = "https://example.org/community/images/cover.jpg"

_PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<script>",
            "</script>",
            "alert(1)",
            "<img src=x onerror=alert(1)>",
            "<a href='javascript:x'>",
            "<svg/onload=x>",
            "<iframe src='/x'>",
            "<form action=x>",
            "<b style='color:red'>",
            "</b>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&lt;",
            "&amp;",
            "<a href='/x'>",
            "</a>",
            "<math><mtext></form><form>",
            "<table><tr><p>",
            "text",
            "<noscript>",
            "<style>",
            "</style>",
            "\x00",
            "\ufffe",
            "<a href='//x'>",
            "<a href='data:x'>",
            "<img src='/images/cover.jpg'>",
        ],
    )
    | st.text(max_size=8),
    max_size=12,
).map("".join)


def _clean(html: str) -> str:
    return clean(html, base=_BASE, pictures={_OWN: (1200, 675)})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/community/articles/two/">x</a>', '<a href="https://example.org/community/articles/two/">x</a>'),
        ('<a href="../two/">x</a>', '<a href="https://example.org/community/articles/two/">x</a>'),
        ('<a href="#part">x</a>', f'<a href="{_BASE}#part">x</a>'),
        ('<a href="tel:116123">x</a>', '<a href="tel:116123">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="https://example.com/a b?q=é">x</a>', '<a href="https://example.com/a%20b?q=%C3%A9">x</a>'),
        ('<a href="https://example.com/?b=1&utm_source=x">x</a>', '<a href="https://example.com/?b=1">x</a>'),
        ('<p class="lede" id="a" style="x" onclick="y">t</p>', "<p>t</p>"),
        (
            '<div role="region" tabindex="0"><table><tbody><tr><td>t</td></tr></tbody></table></div>',
            "<div><table><tbody><tr><td>t</td></tr></tbody></table></div>",
        ),
        ("before<script>alert(1)</script>after", "beforeafter"),
        ("<form>gone<input></form>kept", "kept"),
        ("<!-- note -->kept", "kept"),
        (
            '<img src="/community/images/cover.jpg" loading="lazy">',
            f'<img src="{_OWN}" alt="" width="1200" height="675">',
        ),
        ('<img src="/community/images/none.jpg" alt="Words">', "<em>Words</em>"),
        ('<img src="https://example.com/pixel.gif" alt="">', ""),
        ('<p dir="rtl" lang="ar">مرحبا</p>', '<p dir="rtl" lang="ar">مرحبا</p>'),
        ("<ul><li>one<li>two", "<ul><li>one</li><li>two</li></ul>"),
        ("just text & more", "just text &amp; more"),
        ("", ""),
        ("<!-- only a note -->", ""),
    ],
)
def test_markup_is_made_fit(html: str, expected: str) -> None:
    """Markup leaves with whole addresses and whole pictures, and without what runs, frames, asks or styles."""
    assert _clean(html) == expected


@given(_PIECES)
def test_nothing_harmful_leaves(html: str) -> None:
    """Whatever comes in, only what is allowed comes out, every address whole, as text that XML can hold."""
    made = _clean(html)
    etree.Element("x").text = made
    for tag in BeautifulSoup(made, "html.parser").find_all(True):
        assert tag.name not in {"script", "style", "iframe", "form", "input", "svg", "math", "object", "noscript"}
        for name, value in tag.attrs.items():
            assert name in {"href", "src", "alt", "width", "height", "title", "lang", "dir", "colspan", "rowspan"}
            if name in {"href", "src"}:
                assert urlsplit(str(value)).scheme in {"http", "https", "mailto", "tel", "sms"}
        if tag.name == "img":
            assert set(tag.attrs) == {"src", "alt", "width", "height"}


@given(_PIECES)
@example("http:")
def test_cleaning_twice_changes_no_word(html: str) -> None:
    """What is clean already keeps every word, link and picture."""
    once = _clean(html)
    soups = [BeautifulSoup(text, "html.parser") for text in (once, _clean(once))]
    told = [(soup.get_text().split(), [tag.attrs for tag in soup.find_all(["a", "img"])]) for soup in soups]
    assert told[0] == told[1]


@given(st.text())
def test_plain_text_is_one_line_that_xml_holds(text: str) -> None:
    """Plain text has no line breaks, no space at its ends, and only characters that XML can hold."""
    made = plain(text)
    etree.Element("x").text = made
    assert made == " ".join(made.split())
    assert storable(made) == made


@pytest.mark.parametrize("address", ["http://[broken", "javascript:x", "data:text/html,x", "ftp://example.com/"])
def test_what_is_no_address_becomes_nothing(address: str) -> None:
    """An address that no reader could follow is none."""
    assert not whole(address, _BASE)
