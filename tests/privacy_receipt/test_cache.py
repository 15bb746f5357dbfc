"""Test that caching does not change the findings of the privacy receipt."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import pickle
from collections.abc import Iterator
from html.entities import html5
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from plugins.content_model.entry import Entry
from plugins.content_model.entry_source import EntrySource
from plugins.content_model.library import Library
from plugins.engine.settings import SiteSettings
from plugins.privacy_receipt import cache as cache_module
from plugins.privacy_receipt import plugin
from plugins.privacy_receipt.cache import FragmentCache
from plugins.privacy_receipt.findings import Findings
from plugins.privacy_receipt.origin import SiteOrigin
from plugins.privacy_receipt.private_values import PrivateValues, unescaped
from plugins.privacy_receipt.report import FileReport, ReportBuilder, read_file
from tests.examples import examples
from tests.sites.building import SITES, run_here

OURS = SiteOrigin("https://community.example")
SITE = SiteSettings("x", "", OURS.url, "en-GB", "Europe/London", "", dt.date(2026, 11, 23))
PAGE = '<!doctype html><html lang="en"><title>x</title>{}'
PIECES = [
    '<a href="https://other.example/">x</a>',
    '<a href="https://other.example/" rel="noreferrer">x</a>',
    '<meta name="referrer" content="no-referrer">',
    '<img src="/a.png">',
    '<img src="https://other.example/a.png">',
    "<style>p { background: url(//other.example/a.png) }</style>",
    "<style>p { background: url(/a.png) }</style>",
    "<script>eval(a)</script>",
    "<script></script>",
    '<link rel="hub" href="https://hub.example/"/>',
    "Private Words &amp; 7Q",
]


class Kept(Entry):
    """An entry whose summary is private."""

    private: ClassVar[tuple[str, ...]] = ("summary",)


def values(*texts: str) -> PrivateValues:
    """Return a search for private values of which none is public."""
    entries = (Kept.model_construct(summary=text, source=EntrySource(f"{text}.md")) for text in texts)
    return PrivateValues(Library(tuple(entries)), [])


def written(texts: list[str], name: str) -> bytes:
    """Return a file with ``texts`` of the kind of ``name``."""
    if name.endswith(".json"):
        return json.dumps({"items": [{"content_html": f"{text}\n"} for text in texts]}).encode()
    if name.endswith(".xml"):
        return f"<feed>{''.join(f'<content>{html.escape(text)}</content>{text}' for text in texts)}</feed>".encode()
    return PAGE.format("\n".join(texts)).encode()


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(PIECES), max_size=4), st.sampled_from(["a.html", "a.xml", "a.json", "a.txt"])
        ),
        max_size=6,
    )
)
@settings(max_examples=examples(200), deadline=None)
def test_files_tell_together_what_each_tells_alone(files: list[tuple[list[str], str]]) -> None:
    """A file has the same findings after other files with the same fragments as it has alone."""
    cache, wanted = FragmentCache(OURS), values("private words & 7q", "unheard of")
    for number, (texts, name) in enumerate(files):
        path, data = f"{number}/{name}", written(texts, name)
        assert read_file(path, data, cache, wanted) == read_file(
            path, data, FragmentCache(OURS), values("private words & 7q", "unheard of")
        )


def test_few_fragments_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of many fragments keeps the last ones, and finds the same in all."""
    monkeypatch.setattr(cache_module, "_MAX_FRAGMENTS", 3)
    cache = FragmentCache(OURS)
    for number in (*range(10), *range(10)):
        data = PAGE.format(f'<a href="https://example.org/{number}">a</a><img src="/{number}.png">').encode()
        assert read_file("a.html", data, cache, values()) == read_file("a.html", data, FragmentCache(OURS), values())
    assert len(cache._found) <= 3
    assert max(map(len, cache.silent.values())) <= 3


def test_what_a_file_tells_can_be_kept() -> None:
    """A report survives pickling."""
    findings = read_file("a.html", PAGE.format("".join(PIECES)).encode(), FragmentCache(OURS), values("private words"))
    assert findings.private
    assert pickle.loads(pickle.dumps(findings)) == findings  # noqa: S301 - made above


_ODD = [
    "&",
    "&lt;",
    "&gt;",
    "&quot;",
    "&amp;",
    "lt;",
    "gt",
    "&lt",
    "&#",
    "38",
    "x3c;",
    "#",
    ";",
    " ",
    "\n",
    "a",
    "\\",
    "<",
]


@given(st.lists(st.one_of(st.sampled_from(_ODD), st.sampled_from(sorted(html5)).map("&{}".format)), max_size=8))
def test_what_is_escaped_is_read_as_python_reads_it(parts: list[str]) -> None:
    """The fast path gives the same as ``html.unescape``."""
    assert unescaped("".join(parts)) == html.unescape("".join(parts))


@pytest.mark.parametrize(
    ("wanted", "data", "occurs"),
    [
        ("Ann Smith", b'{"a": "x\\nAnn Smith\\ny"}', False),
        ("Ann Smith", b'{"a": "x\\n\\"Ann Smith\\ny"}', True),
        ("back\\nslash", b'{"a": "back\\nslash"}', True),
        ("Ann Smith", b"x\nAnn Smith\ny", True),
        ("Ann Smith", b"A\0n\0n\0 \0S\0m\0i\0t\0h\0", True),
        ("Ann O'Hara", "x Ann\N{NO-BREAK SPACE}O’Hara y".encode(), True),
        ("Ann O’Hara", b"x Ann O&#39;Hara y", True),
        ("Ann Smith", b"x A&shy;nn &#65331;mith y", True),
        ("CF-2026-07", "x CF\N{NON-BREAKING HYPHEN}2026–07 y".encode(), True),
        ("Ann Smith", "x Ann’s Smith y".encode(), False),
    ],
)
def test_a_value_is_looked_for_line_by_line(wanted: str, data: bytes, *, occurs: bool) -> None:
    """A value is found as a whole word anywhere in a line, whatever characters and escapes write it."""
    assert bool(values(wanted, "another one").within("a.bin", data)) is occurs


def test_nothing_private_asks_for_nothing_public() -> None:
    """If no entry has a private value, or all are short or public already, no public text is read."""

    def public(*texts: str) -> Iterator[str]:
        yield from texts
        pytest.fail("more was asked for than is needed")

    assert not PrivateValues(Library(()), public()).wanted
    library = Library((Kept.model_construct(summary="In the open", source=EntrySource("a.md")),))
    found = PrivateValues(library, public("so it is IN THE OPEN now"))
    assert (found.wanted, found.public_too) == ((), 1)


def test_public_texts_are_gathered_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build reads the public texts once, for early and late files."""
    asked: list[object] = []

    class Counted(PrivateValues):
        def __init__(self, *given: Any) -> None:
            asked.append(given)
            super().__init__(*given)

    monkeypatch.setattr(plugin, "PrivateValues", Counted)
    assert run_here(SITES / "full", tmp_path / "output").status == 0
    assert len(asked) == 1


@pytest.mark.parametrize("paths", [[], ["a.html"], ["é.txt", 'b"\\.txt', "\u2028\n.txt", "a/{}.txt", "\x7f.html"]])
def test_the_receipt_is_plain_json(paths: list[str]) -> None:
    """The receipt is written as ``json.dumps`` writes it, whatever the names of files."""
    proof = ReportBuilder(SITE, values())
    for path in paths:
        assert not list(proof.take(path, "0f", FileReport(Findings())))
    receipt = json.loads(proof.receipt.data)
    assert list(receipt["files"]) == sorted(paths)
    assert proof.receipt.data == (json.dumps(receipt, indent=1, ensure_ascii=False) + "\n").encode()


def _png(**metadata: Any) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG", **metadata)
    return data.getvalue()


def _placed() -> Image.Exif:
    exif = Image.new("RGB", (8, 8)).getexif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 0.0)
    return exif


def test_a_drawing_that_tells_its_place_is_caught() -> None:
    """A location in a PNG is found before and after the image data, and in a text chunk."""
    plain, behind = _png(), _png(exif=_placed().tobytes())
    start, picture = behind.index(b"eXIf") - 4, behind.index(b"IDAT") - 4
    before = behind[:picture] + behind[start:-12] + behind[picture:start] + behind[-12:]
    text = PngInfo()
    text.add_text("Raw profile type exif", "\nexif\n  9\n" + _placed().tobytes().hex(), zip=True)
    for data, tells in ((plain, False), (before, True), (behind, True), (_png(pnginfo=text), True)):
        findings = read_file("a.png", data, FragmentCache(OURS), values()).found
        assert [violation.name for violation in findings] == ["picture-tells-place"] * tells


def test_what_is_known_is_never_changed() -> None:
    """Cached findings do not change when they are used again."""
    cache = FragmentCache(OURS)
    data = b'{"items": [{"content_html": "<img src=/a.png><a href=https://other.example/>x</a>"}]}'
    assert [read_file(f"{n}.json", data, cache, values()).found for n in range(3)] == [Findings(addresses=1)] * 3
