"""The privacy receipt: a build proves its promises of what it made, or puts nothing in place."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from plugins.engine.build import Build, pages_wanted
from plugins.engine.outputs import Claim, Owner
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import Findings
from plugins.privacy_receipt.origin import SiteOrigin
from plugins.privacy_receipt.scanner import scan
from tests.sites.building import SITES, Built, Run, run_here, snapshot

OURS = FragmentCache(SiteOrigin("https://community.example"))
PAGE = '<!doctype html><html lang="en"><title>x</title>{}'


def names(found: Findings) -> set[str]:
    """The kinds of violations in ``found``."""
    return {violation.name for violation in found}


@contextmanager
def planted(path: str, data: bytes, *, late: bool = False) -> Iterator[None]:
    """A plugin that puts a file of its own into the site."""

    def plant(build: Build) -> None:
        build.outputs.add(path, Owner("register/topics.yaml"), lambda: data, late=late)

    with pages_wanted.connected_to(plant):
        yield


def build_with(output: Path, path: str, data: bytes, *, late: bool = False) -> Run:
    """Build the full site with one more file."""
    with planted(path, data, late=late):
        return run_here(SITES / "full", output)


def test_the_receipt_lists_every_file(built: Built) -> None:
    """The receipt has the digest of each file of the site but itself and its page, and one over them all."""
    receipt = json.loads(built.text("privacy-receipt.json"))
    told_later = {"privacy-receipt.json", "privacy-receipt/index.html"}
    expected = {
        path: hashlib.sha256((built.output / path).read_bytes()).hexdigest()
        for path in built.files()
        if path not in told_later
    }
    assert receipt["files"] == expected
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(expected.items()))
    assert receipt["sha256"] == hashlib.sha256(lines.encode()).hexdigest()
    assert receipt["result"] == "kept"
    assert receipt["counted"]["files"] == len(expected)


def test_a_reader_can_understand_it(real: Built) -> None:
    """The page of the receipt says in words what was read, leads to the data, and is linked from the privacy page."""
    page = real.page("/privacy-receipt/")
    counted = json.loads(real.text("privacy-receipt.json"))["counted"]
    text = " ".join(page.get_text(" ").split())
    assert f"{counted['files']} files" in text
    assert f"{counted['addresses']} such addresses" in text
    assert f"{counted['links_out']} links lead to other sites" in text
    assert page.select_one("main a[href='/privacy-receipt.json']")
    assert real.page("/privacy/").select_one("main a[href='/privacy-receipt/']")


def test_private_values_are_looked_for(full: Built) -> None:
    """The full site has private values; they were looked for, and the page says how many."""
    counted = json.loads(full.text("privacy-receipt.json"))["counted"]
    assert counted["private_values"] >= 8
    assert f"{counted['private_values']} such facts" in full.page("/privacy-receipt/").get_text(" ")


def test_a_choice_of_the_model_is_nobodys(tmp_path: Path) -> None:
    """Words that the model offers to choose from, such as the name of a scope, may stand in any file."""
    page = PAGE.format('<script type="application/ld+json">{"image": "social feed"}</script>')
    assert build_with(tmp_path / "output", "words/index.html", page.encode()).status == 0


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("consent.ref", "PRIVATE-REF-7Q"),
        ("consent.ref", "private-ref-7q"),
        ("consent.form_version", "version PRIVATE-FORM-3K."),
        ("safeguarding.by_role", "&lt;p&gt;PRIVATE&#45;ROLE&#45;5M&lt;/p&gt;"),
        ("approved_text", "db9dae1b12963c011b5becfb649377b9a5657d205a2035ce4c838341d4fafd79"),
    ],
)
def test_a_private_value_stops_the_build(field: str, text: str, tmp_path: Path) -> None:
    """The value of a private field, in any of its forms, stops the build; the message does not repeat it."""
    output = tmp_path / "output"
    assert run_here(SITES / "full", output).status == 0
    before = snapshot(output)
    done = build_with(output, "leak/index.html", PAGE.format(text).encode())
    assert done.status == 1
    assert f"`{field}` of stories/told/index.md" in done.stderr
    assert "error[private-value-published]" in done.stderr
    assert "private-ref" not in done.stderr.lower()
    assert snapshot(output) == before


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("leak.json", b'{"note": "PRIVATE-REF-7Q"}'),
        ("leak.txt", b"PRIVATE-REF-7Q"),
        ("leak.xml", b"<feed>PRIVATE-REF-7Q</feed>"),
        ("leak.css", b"/* PRIVATE-REF-7Q */"),
        ("leak.bin", b"\xff\x00PRIVATE-REF-7Q\x00"),
        ("private-ref-7q.jpg", b"\xff\xd8"),
        ("leak.jpg", b"\xff\xd8\xff\xfePRIVATE-REF-7Q\xff\xd9"),
    ],
)
def test_no_kind_of_file_is_passed_over(path: str, data: bytes, tmp_path: Path) -> None:
    """A private value is found in files of every kind, and in their names."""
    done = build_with(tmp_path / "output", path, data)
    assert done.status == 1
    assert "error[private-value-published]" in done.stderr


def test_late_files_are_read_too(tmp_path: Path) -> None:
    """A file that is made after the others is read before it is in place."""
    done = build_with(tmp_path / "output", "late.txt", b"PRIVATE-REF-7Q", late=True)
    assert done.status == 1
    assert not (tmp_path / "output").exists()


def test_a_warning_is_told_once(tmp_path: Path) -> None:
    """What was told before the files were made is not told again after."""
    done = run_here(SITES / "warned" / "unused-footnote", tmp_path / "output")
    told = [line for line in done.stderr.splitlines() if line.startswith("warning[")]
    assert told
    assert done.stderr.count("No warning stops a build.") == 1


def test_a_request_to_another_host_stops_the_build(tmp_path: Path) -> None:
    """A page that fetches from elsewhere is not published, and the message names the page and the address."""
    done = build_with(tmp_path / "output", "leak/index.html", PAGE.format('<img src="//cdn.example/a.png">').encode())
    assert done.status == 1
    assert "error[request-leaves-site]: leak/index.html: <img>" in done.stderr
    assert "//cdn.example/a.png" in done.stderr


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
    """Whatever makes a browser ask another host by itself is a violation."""
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
    """What a browser fetches from this site, or only when its reader asks, is none."""
    assert names(scan("a.html", PAGE.format(html).encode(), OURS)) == set()


def test_a_link_that_tells_where_from_is_caught() -> None:
    """A link to another site hides its page: by itself, or by the policy of the page."""
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
    """Each way in which a style sheet names another host is a violation, however it is written."""
    assert "request-leaves-site" in names(scan("a.css", css.encode(), OURS))


def test_a_style_sheet_of_ours_is_no_breach() -> None:
    """Addresses of this site, words in quotes and the names of languages are none."""
    css = "@namespace url(http://www.w3.org/1999/xhtml); p { background: url(/a.png) } q::before { content: '//' }"
    assert names(scan("a.css", css.encode(), OURS)) == set()


@pytest.mark.parametrize(
    "js",
    ["document.cookie = 'a'", "document . cookie", "localStorage.a = 1", "self.sessionStorage", "indexedDB.open('a')",
     "caches.open('a')", "navigator.serviceWorker.register('/a.js')", "cookieStore.set('a', 'b')", "window.name = 'a'"],
)  # fmt: skip
def test_a_script_that_stores_is_caught(js: str) -> None:
    """Each store of a browser is a violation in a script."""
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
    """Names made out of pieces cannot be followed, so they are not allowed."""
    assert "receipt-unreadable" in names(scan("a.js", js.encode(), OURS))


def test_a_plain_script_is_no_breach() -> None:
    """A script that works with its page alone passes, comments included."""
    js = (
        "// what it does\nconst list = document.querySelector('ul'); /* more */ list.append('x');\nimport('./part.js');"
    )
    assert names(scan("a.js", js.encode(), OURS)) == set()


def test_data_in_a_script_is_words() -> None:
    """Words that somebody wrote do nothing, whatever they name; of data only what the search imports is fetched."""
    words = "https://other.example/ document.cookie eval( \\u0063 window['a'] javascript:"
    assert names(scan("a.js", f"export default {json.dumps({'pages': [[words]]})}\n".encode(), OURS)) == set()
    parts = {"parts": {"a": "https://other.example/a.js"}}
    assert names(scan("a.js", f"export default {json.dumps(parts)}\n".encode(), OURS)) == {"request-leaves-site"}
    assert names(scan("a.js", b"export default {'a': document.cookie}\n", OURS)) == {"storage-used"}


@pytest.mark.parametrize("words", ["https://other.example/join", "javascript: eval('a')", "//other.example"])
def test_words_are_no_addresses(words: str) -> None:
    """What a title or a description says is fetched by nobody, even when it is an address and nothing else."""
    items = f"<title>{words}</title><item><title>{words}</title><description>{words}</description></item>"
    feed = f"<rss><channel>{items}</channel></rss>"
    assert names(scan("a.xml", feed.encode(), OURS)) == set()
    assert names(scan("a.xml", f'<opml><outline text="{words}" title="{words}"/></opml>'.encode(), OURS)) == set()
    page = PAGE.format(
        f'<meta name="description" content="{words}"><img src="/a.png" alt="{words}" aria-label="{words}">'
    )
    assert names(scan("a.html", page.encode(), OURS)) == set()
    assert names(scan("a.json", json.dumps({"items": [{"title": words, "summary": words}]}).encode(), OURS)) == set()


def test_what_authors_write_is_no_program(tmp_path: Path) -> None:
    """An entry, a heading, a topic and a contact may say what would be a violation in a script."""
    content = Path(shutil.copytree(SITES / "full", tmp_path / "content"))
    words = "'https://other.example/ and document.cookie, eval(a)'"
    for path, old, new in (
        ("articles/plain/index.md", "title: Plain\n", f"title: {words}\n"),
        ("articles/plain/index.md", "## A part\n", f"## {words}\n\n## A part\n"),
        ("register/topics.yaml", "name: Alcohol\n", f"name: {words}\n"),
        ("register/topics.yaml", "summary: Changing how you drink.\n", f"summary: {words}\n"),
    ):
        text = (content / path).read_text(encoding="utf-8")
        assert old in text
        (content / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run_here(content, tmp_path / "output")
    assert (done.status, done.stderr.count("error[")) == (0, 0)
    assert any("document.cookie" in file.read_text() for file in (tmp_path / "output" / "search").glob("index-*.js"))


@pytest.mark.parametrize("where", ["body", "summary", "topic"])
def test_a_violation_of_a_list_is_told_where_its_words_stand(where: str, tmp_path: Path) -> None:
    """A file of the whole site is nobody's; the message leads to the text that a person can change."""
    content = Path(shutil.copytree(SITES / "full", tmp_path / "content"))
    path, old, new = {
        "body": ("articles/plain/index.md", "\n---\n\n", "\n---\n\nSee PRIVATE-REF-7Q.\n\n"),
        "summary": ("articles/plain/index.md", "\nslug: ", "\nsummary: See PRIVATE-REF-7Q.\nslug: "),
        "topic": ("register/topics.yaml", "summary: ", "summary: See PRIVATE-REF-7Q. "),
    }[where]
    text = (content / path).read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    (content / path).write_text(changed, encoding="utf-8")

    def plant(build: Build) -> None:
        build.outputs.add("list.json", Owner("pelicanconf.py", claim=Claim.SITE), lambda: b'{"a": "PRIVATE-REF-7Q"}')

    with pages_wanted.connected_to(plant):
        done = run_here(content, tmp_path / "output")
    line = changed[: changed.index("PRIVATE")].count("\n") + 1
    (told,) = {(one.path, one.line) for one in done.problems(content) if one.message.startswith("list.json")}
    assert told == (path, line)


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
    """What a program fetches by itself for a feed, a drawing or a rule of a host is on this site."""
    assert "request-leaves-site" in names(scan(path, text.encode(), OURS))


def test_a_feed_may_link_elsewhere() -> None:
    """Links that a person follows, and names that look like addresses, are no violation."""
    xml = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><generator uri="https://getpelican.com/">Pelican</generator><entry>'
        '<id>https://other.example/1</id><link rel="related" href="https://other.example/"/><category term="a" scheme="https://other.example/t"/>'
        '<content type="html">&lt;a href="https://other.example/"&gt;x&lt;/a&gt;</content></entry></feed>'
    )
    assert names(scan("a.xml", xml.encode(), OURS)) == set()
    hub = scan("a.xml", b'<feed><link rel="hub" href="https://hub.example/"/></feed>', OURS)
    assert (names(hub), hub.hubs) == (set(), 1)


def test_what_cannot_be_read_is_caught() -> None:
    """A feed that is no feed passes for nothing."""
    assert names(scan("a.xml", b"<feed>", OURS)) == {"receipt-unreadable"}
    assert names(scan("a.json", b"{", OURS)) == {"receipt-unreadable"}


def test_a_picture_that_tells_its_place_is_caught() -> None:
    """A photograph that says where it was taken is not published; one that does not is."""
    for place in (True, False):
        image, data = Image.new("RGB", (8, 8)), io.BytesIO()
        exif = image.getexif()
        if place:
            exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 0.0)
        image.save(data, "JPEG", exif=exif)
        assert names(scan("a.jpg", data.getvalue(), OURS)) == ({"picture-tells-place"} if place else set())
