"""Feed HTML is absolute and sanitised."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from plugins.feeds.feed_html import absolute_url, clean, plain, xml_safe

_BASE = "https://example.org/community/articles/one/"
_OWN = "https://example.org/community/images/cover.jpg"

_FRAGMENTS = st.lists(
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
        ('<q cite="../two/">x</q>', '<q cite="https://example.org/community/articles/two/">x</q>'),
        ("<img alt='Words'>", "<em>Words</em>"),
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
def test_clean(html: str, expected: str) -> None:
    """Addresses become absolute, pictures get a size, and scripts, frames, forms and styles are removed."""
    assert _clean(html) == expected


@given(_FRAGMENTS)
def test_clean_leaves_only_allowed_markup(html: str) -> None:
    """Any input results in allowed elements, attributes and absolute addresses, as text that XML allows."""
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


@given(_FRAGMENTS)
@example("http:")
def test_clean_is_idempotent(html: str) -> None:
    """Clean HTML keeps every word, link and picture."""
    once = _clean(html)
    soups = [BeautifulSoup(text, "html.parser") for text in (once, _clean(once))]
    contents = [(soup.get_text().split(), [tag.attrs for tag in soup.find_all(["a", "img"])]) for soup in soups]
    assert contents[0] == contents[1]


@given(st.text())
def test_plain_is_one_line_of_xml_characters(text: str) -> None:
    """Plain text has no line breaks, no outer spaces, and only characters that XML allows."""
    made = plain(text)
    etree.Element("x").text = made
    assert made == " ".join(made.split())
    assert xml_safe(made) == made


@given(
    st.lists(st.sampled_from(["/", "//", "a", "b-c", ".", "..", "~", "#", "x.org", "https://x.org", ":80"])).map(
        "".join
    )
)
@example("/a/../b")
@example("/a//b")
@example("/./a#b-c")
@example("https://x.org/a/../~b")
def test_absolute_url_is_that_of_a_browser(address: str) -> None:
    """An address of plain characters, whether within the site or outside, becomes what it is for a browser."""
    joined = urljoin(_BASE, address)
    if urlsplit(joined).netloc and "#" not in urlsplit(joined).fragment:
        # An empty fragment is left out.
        assert absolute_url(address, _BASE) == joined.removesuffix("#")


@pytest.mark.parametrize("address", ["http://[broken", "javascript:x", "data:text/html,x", "ftp://example.com/"])
def test_absolute_url_of_an_invalid_address_is_empty(address: str) -> None:
    """An address that a feed reader cannot open becomes ""."""
    assert not absolute_url(address, _BASE)
