"""Test the scanner of each kind of file."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from plugins.privacy_receipt.scanner import scan
from tests.privacy_receipt.scanning import OURS, PAGE, names


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://other.example/a.png">',
        '<img src=" ht\ntps://other.example/a.png">',
        '<img src="/\\other.example/a.png">',
        '<img src="\\\\other.example/a.png">',
        '<img srcset="/a.png 1x, https://other.example/a.png 2x">',
        '<picture><source srcset="//other.example/a.avif"></picture>',
        '<link rel="preconnect" href="https://other.example">',
        '<link rel="stylesheet" href="https://other.example/a.css">',
        '<link rel="canonical stylesheet" href="https://other.example/a.css">',
        '<script src="https://other.example/a.js"></script>',
        '<iframe src="https://other.example/"></iframe>',
        '<iframe srcdoc="&lt;img src=//other.example/a.png&gt;"></iframe>',
        '<video poster="https://other.example/a.png"></video>',
        '<object data="https://other.example/a.pdf"></object>',
        '<form action="https://other.example/"></form>',
        '<a href="/" ping="https://other.example/">x</a>',
        '<base href="https://other.example/">',
        '<meta http-equiv="refresh" content="0; url=https://other.example/">',
        '<p style="background: url(https://other.example/a.png)">x</p>',
        "<style>@import 'https://other.example/a.css';</style>",
        '<svg><image xlink:href="https://other.example/a.png"/></svg>',
        '<svg><use href="https://other.example/a.svg#b"/></svg>',
        '<div unheard-of="https://other.example/a.png">x</div>',
        '<script type="speculationrules">{"prefetch": [{"urls": ["https://other.example/"]}]}</script>',
        "<script>fetch('https://other.example/')</script>",
        "<script>new WebSocket(place)</script>",
        "<p onclick=\"navigator.sendBeacon('/x')\">x</p>",
    ],
)
def test_a_page_that_asks_elsewhere_is_caught(html: str) -> None:
    """Everything that makes a browser fetch from another host by itself is a violation."""
    assert "request-leaves-site" in names(scan("a.html", PAGE.format(html).encode(), OURS))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/a.png"><img src="b.png"><img src="https://community.example/c.png">',
        '<img src="data:image/png;base64,AAAA">',
        '<a href="https://other.example/" rel="noreferrer">x</a>',
        '<link rel="canonical" href="https://other.example/a/">',
        '<meta property="og:image" content="https://other.example/a.png">',
        '<blockquote cite="https://other.example/">x</blockquote>',
        '<script type="application/ld+json">{"@context": "https://schema.org"}</script>',
        '<p title="https://other.example/">https://other.example/</p>',
        '<a href="tel:999">999</a><a href="mailto:a@b.example">x</a>',
        "<style>p { color: red }</style>",
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    ],
)
def test_what_asks_nobody_is_no_breach(html: str) -> None:
    """Fetching from this site, or on the reader's request only, is no violation."""
    assert names(scan("a.html", PAGE.format(html).encode(), OURS)) == set()


_NAMES = st.sampled_from(["a", "A", "p", "h2", "meta", "link", "img", "base", "form", "textarea", "object"])
_ATTRIBUTES = st.sampled_from([
    'class="a"', 'id="a"', 'rel="noreferrer"', 'href="/a"', 'href="//other.example/"', 'href="/\\other.example"',
    'href="/\t/other.example/"', 'href="#a"', 'href="mailto:?body=a"', 'href="https://other.example/"',
    'href="/&#9;/b.c"',
    'property="og:image"', 'content="//other.example/"', 'content="no-referrer"', 'name="referrer"',
    'http-equiv="refresh"',
    'http-equiv="set-cookie"', 'onclick="fetch(x)"', 'src="//other.example/a.png"', "title='a>b'", 'id="<b>"',
    "class=a",
])  # fmt: skip


@given(st.lists(st.tuples(_NAMES, st.lists(_ATTRIBUTES, max_size=3)), max_size=4))
def test_tags_tell_what_a_parser_tells(elements: list[tuple[str, list[str]]]) -> None:
    """A page whose tags are read without a parser has the same findings as with one, which a comment calls for."""
    html = PAGE.format("".join(f"<{' '.join((name, *attributes))}>" for name, attributes in elements)).encode()
    by_tags, by_parser = scan("a.html", html, OURS), scan("a.html", html + b"<!-- -->", OURS)
    assert by_tags == by_parser


def test_a_link_that_tells_where_from_is_caught() -> None:
    """A link to another site must not send a referrer, by its own attribute or by the page's policy."""
    link = '<a href="https://other.example/">x</a>'
    assert names(scan("a.html", PAGE.format(link).encode(), OURS)) == {"referrer-told"}
    quiet = '<meta name="referrer" content="no-referrer">'
    assert names(scan("a.html", PAGE.format(quiet + link).encode(), OURS)) == set()


@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(https://other.example/a.png) }",
        'p { background: URL("//other.example/a.png") }',
        "p { background: \\75rl(https://other.example/a.png) }",
        "p { background: \\75 rl('https://other.example/a.png') }",
        "p { background: image-set('https://other.example/a.png' 1x) }",
        "@import '//other.example/a.css';",
        "@import url(//other.example/a.css) screen;",
        "@media print { @font-face { src: url(https://other.example/a.woff2) } }",
        "p { cursor: url(https://other.example/a.cur), auto }",
        "p { background: url(https://other.example/a b.png) }",
    ],
)
def test_a_style_sheet_that_asks_elsewhere_is_caught(css: str) -> None:
    """Every form of an address on another host in a style sheet is a violation."""
    assert "request-leaves-site" in names(scan("a.css", css.encode(), OURS))


def test_a_style_sheet_of_ours_is_no_breach() -> None:
    """Addresses of this site, strings and namespaces are no violation."""
    css = "@namespace url(http://www.w3.org/1999/xhtml); p { background: url(/a.png) } q::before { content: '//' }"
    assert names(scan("a.css", css.encode(), OURS)) == set()


@pytest.mark.parametrize(
    "js",
    ["document.cookie = 'a'", "document . cookie", "localStorage.a = 1", "self.sessionStorage", "indexedDB.open('a')",
     "caches.open('a')", "navigator.serviceWorker.register('/a.js')", "cookieStore.set('a', 'b')", "window.name = 'a'"],
)  # fmt: skip
def test_a_script_that_stores_is_caught(js: str) -> None:
    """Each kind of browser storage in a script is a violation."""
    assert "storage-used" in names(scan("a.js", js.encode(), OURS))


@pytest.mark.parametrize(
    "js",
    [
        "window['local' + 'Storage']",
        "eval('x')",
        "new Function('x')()",
        "document[a]",
        "atob('eA==')",
        "'\\x63ookie'",
        "globalThis?.[a]",
    ],
)
def test_a_script_that_hides_is_caught(js: str) -> None:
    """Computed names are a violation, because they cannot be checked."""
    assert "receipt-unreadable" in names(scan("a.js", js.encode(), OURS))


def test_a_plain_script_is_no_breach() -> None:
    """A script that works on its page only is no violation, comments included."""
    js = (
        "// what it does\nconst list = document.querySelector('ul'); /* more */ list.append('x');\nimport('./part.js');"
    )
    assert names(scan("a.js", js.encode(), OURS)) == set()


def test_data_in_a_script_is_words() -> None:
    """Strings in a data module are text. Only the parts that the search imports are fetched."""
    words = "https://other.example/ document.cookie eval( \\u0063 window['a'] javascript:"
    assert names(scan("a.js", f"export default {json.dumps({'pages': [[words]]})}\n".encode(), OURS)) == set()
    parts = {"parts": {"a": "https://other.example/a.js"}}
    assert names(scan("a.js", f"export default {json.dumps(parts)}\n".encode(), OURS)) == {"request-leaves-site"}
    assert names(scan("a.js", b"export default {'a': document.cookie}\n", OURS)) == {"storage-used"}


@pytest.mark.parametrize("words", ["https://other.example/join", "javascript: eval('a')", "//other.example"])
def test_words_are_no_addresses(words: str) -> None:
    """An address in a title or a description is no violation."""
    items = f"<title>{words}</title><item><title>{words}</title><description>{words}</description></item>"
    feed = f"<rss><channel>{items}</channel></rss>"
    assert names(scan("a.xml", feed.encode(), OURS)) == set()
    assert names(scan("a.xml", f'<opml><outline text="{words}" title="{words}"/></opml>'.encode(), OURS)) == set()
    page = PAGE.format(
        f'<meta name="description" content="{words}"><img src="/a.png" alt="{words}" aria-label="{words}">'
    )
    assert names(scan("a.html", page.encode(), OURS)) == set()
    assert names(scan("a.json", json.dumps({"items": [{"title": words, "summary": words}]}).encode(), OURS)) == set()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.xml", '<rss><channel><item><enclosure url="https://other.example/a.mp3"/></item></channel></rss>'),
        ("a.xml", "<feed><logo>https://other.example/a.png</logo></feed>"),
        (
            "a.xml",
            '<feed><entry><content type="html">&lt;img src="https://other.example/a.png"&gt;</content></entry></feed>',
        ),
        ("a.xml", '<?xml-stylesheet href="https://other.example/a.css"?><feed/>'),
        ("a.xml", '<!DOCTYPE feed SYSTEM "https://other.example/a.dtd"><feed/>'),
        ("a.xml", '<feed><link rel="self" href="https://other.example/a.xml"/></feed>'),
        ("a.json", '{"items": [{"content_html": "<img src=//other.example/a.png>"}]}'),
        ("a.json", '{"items": [{"image": "https://other.example/a.png"}]}'),
        ("a.json", '{"items": [{"attachments": [{"url": "https://other.example/a.mp3"}]}]}'),
        (
            "a.svg",
            '<svg xmlns:x="http://www.w3.org/1999/xlink"><image x:href="//other.example/a.png"/></svg>',
        ),
        ("_redirects", "/old/ https://other.example/ 301\n"),
    ],
)
def test_a_feed_that_asks_elsewhere_is_caught(path: str, text: str) -> None:
    """A feed, an SVG file and host rules must not fetch from another host."""
    assert "request-leaves-site" in names(scan(path, text.encode(), OURS))


def test_a_feed_may_link_elsewhere() -> None:
    """Links in feeds, and names that look like addresses, are no violation."""
    xml = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><generator uri="https://getpelican.com/">Pelican</generator><entry>'
        '<id>https://other.example/1</id><link rel="related" href="https://other.example/"/><category term="a" scheme="https://other.example/t"/>'
        '<content type="html">&lt;a href="https://other.example/"&gt;x&lt;/a&gt;</content></entry></feed>'
    )
    assert names(scan("a.xml", xml.encode(), OURS)) == set()
    hub = scan("a.xml", b'<feed><link rel="hub" href="https://hub.example/"/></feed>', OURS)
    assert (names(hub), hub.hubs) == (set(), 1)


def test_what_cannot_be_read_is_caught() -> None:
    """An invalid feed is a violation."""
    assert names(scan("a.xml", b"<feed>", OURS)) == {"receipt-unreadable"}
    assert names(scan("a.json", b"{", OURS)) == {"receipt-unreadable"}


def test_a_picture_that_tells_its_place_is_caught() -> None:
    """A photograph with a location is a violation, and one without is not."""
    for place in (True, False):
        image, data = Image.new("RGB", (8, 8)), io.BytesIO()
        exif = image.getexif()
        if place:
            exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 0.0)
        image.save(data, "JPEG", exif=exif)
        assert names(scan("a.jpg", data.getvalue(), OURS)) == ({"picture-tells-place"} if place else set())
