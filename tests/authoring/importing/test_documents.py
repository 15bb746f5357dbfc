"""Test the import of Word, OpenDocument and Google Docs files, including malicious ones."""

from __future__ import annotations

import base64
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plugins.authoring.importing.fetching import Fetcher
from plugins.authoring.importing.media import LARGEST, read_below
from tests.authoring.importing.documents import word_document, write_odt
from tests.authoring.importing.world import actions, body, bring, entry, notes, picture
from tests.sites.building import snapshot

_FROM_WORD = """\
## Before you go

Some days begin **better** outside, *slowly*.

- water
- a coat

1. Lock the door.
2. Breathe.

> One step is enough.

| Day | What |
| --- | --- |
| Monday | A walk |

![What the picture shows, in a sentence, for people who do not see it.](picture.png)

### Afterwards

Tea and talk."""


def test_a_word_document(content: Path, tmp_path: Path) -> None:
    """A Word document keeps its title, author, headings, lists, tables, quotations and pictures."""
    file = tmp_path / "walk.docx"
    word_document(picture()).save(str(file))
    report = bring(content, file)
    assert actions(report) == {"new": 1}
    assert not report.outcomes[0].words["lost"]
    assert body(content, "articles/a-walk-before-work") == _FROM_WORD
    assert 'title: "A walk before work"\n' in entry(content, "articles/a-walk-before-work")
    assert "author: editorial-team\n" in entry(content, "articles/a-walk-before-work")
    assert (content / "articles/a-walk-before-work/picture.png").read_bytes() == picture()
    assert actions(bring(content, file)) == {"unchanged": 1}


_STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    "</text:list-style>"
)
_ODT = (
    '<text:p text:style-name="P1">A walk</text:p><text:h text:outline-level="1">Before</text:h>'
    '<text:p>Some <text:span text:style-name="T1">bold</text:span><text:s text:c="2"/>words'
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.'
    "</text:p></text:note-body></text:note> and <text:a xlink:href='https://example.net/'>a link</text:a>.</text:p>"
    "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>"
    "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item>"
    "</text:list></text:list-item></text:list>"
    '<text:list text:style-name="L1"><text:list-item><text:p>first</text:p></text:list-item></text:list>'
    '<text:p text:style-name="Quotations">Said.</text:p>'
    "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Both</text:p>"
    "</table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>a</text:p>"
    "</table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    '<text:p><draw:frame><draw:image xlink:href="Pictures/1.png"/><svg:desc>A lake</svg:desc></draw:frame></text:p>'
)


def test_an_opendocument_text(content: Path, tmp_path: Path) -> None:
    """An OpenDocument text keeps its styles, notes, lists, tables and pictures. LibreOffice is not needed."""
    file = write_odt(tmp_path / "walk.odt", _ODT, styles=_STYLES, files={"Pictures/1.png": picture()})
    report = bring(content, file)
    assert not report.outcomes[0].words["lost"]
    assert body(content, "articles/a-walk") == (
        "## Before\n\nSome **bold** words[^1] and [a link](https://example.net/).\n\n- one\n    - inner\n\n1. first\n\n"
        "> Said.\n\n| Both |  |\n| --- | --- |\n| a | b |\n\n![A lake](1.png)\n\n[^1]: A note."
    )


def test_a_page_of_google_docs(content: Path, tmp_path: Path) -> None:
    """A page of Google Docs has bold as classes, links through a redirect, and pictures as files."""
    file = tmp_path / "Doc.html"
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "image1.png").write_bytes(picture())
    file.write_text(
        "<html><head><title>Doc</title><style>.c1{font-weight:700}.c2{font-style:italic}</style></head><body>"
        '<p class="title">The title</p><b style="font-weight:normal"><p><span class="c1">bold</span> and '
        '<span class="c2">italics</span> <a href="https://www.google.com/url?q=https://example.net/a&amp;sa=D">x</a>.</p>'
        '</b><p><img src="images/image1.png" alt="A lake"></p></body></html>',
        encoding="utf-8",
    )
    bring(content, file)
    assert body(content, "articles/the-title") == (
        "**bold** and *italics* [x](https://example.net/a).\n\n![A lake](image1.png)"
    )


def test_comments_of_google_docs_are_left_out(content: Path, tmp_path: Path) -> None:
    """What editors wrote beside a text is not imported. The report counts it."""
    file = tmp_path / "Doc.html"
    file.write_text(
        '<html><body><p class="c1 title" id="h.1">The title</p><p>Some words.'
        '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Too hard.</span></p>'
        '<p><a href="#cmnt_ref2" id="cmnt2">[b]</a><span>I agree.</span></p></div></body></html>',
        encoding="utf-8",
    )
    report = bring(content, file)
    assert body(content, "articles/the-title") == "Some words."
    assert "comments were left out" in notes(report)


def test_markdown_of_google_docs(content: Path, tmp_path: Path) -> None:
    """Markdown of Google Docs has a title, bold headings, footnotes and embedded pictures."""
    file = tmp_path / "Doc.md"
    data = base64.b64encode(picture()).decode()
    file.write_text(
        "# **The title**\n\n## **Part one**\n\nWords with a note.[^1] \\- no list\n\n* one\n  * two\n\n![][image1]\n\n"
        f"[^1]:  The note.\n\n[image1]: <data:image/png;base64,{data}>\n",
        encoding="utf-8",
    )
    bring(content, file)
    assert body(content, "articles/the-title") == (
        "## Part one\n\nWords with a note.[^1] - no list\n\n- one\n    - two\n\n"
        "![What the picture shows, in a sentence, for people who do not see it.](picture.png)\n\n[^1]: The note."
    )
    assert (content / "articles/the-title/picture.png").read_bytes() == picture()


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.odt"])
def test_a_document_that_unpacks_without_end_is_refused(content: Path, tmp_path: Path, name: str) -> None:
    """A ZIP bomb is refused before it is unpacked."""
    file = tmp_path / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 40_000_000)
    before = snapshot(content.parent)
    with pytest.raises(SystemExit, match="unpacked it would have 40,000,000 bytes"):
        bring(content, file)
    assert snapshot(content.parent) == before


def test_a_document_with_a_password_is_explained(content: Path, tmp_path: Path) -> None:
    """An encrypted document is an error that says so."""
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", b"x")
    data = bytearray(file.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    file.write_bytes(bytes(data))
    with pytest.raises(SystemExit, match="protected by a password; save a copy without one"):
        bring(content, file)


def test_no_file_outside_a_folder_is_read(tmp_path: Path) -> None:
    """An absolute path, a path or link out of the folder, and a file that is too large give None."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a").write_bytes(b"x")
    (tmp_path / "b").write_bytes(b"y")
    (inside / "link").symlink_to(tmp_path / "b")
    with (inside / "large").open("wb") as stream:
        stream.truncate(LARGEST + 1)
    assert read_below(inside, "a") == b"x"
    for path in ("../b", str(tmp_path / "b"), "link", "large", "missing", "a\0b", "."):
        assert read_below(inside, path) is None


def test_only_the_old_site_is_asked() -> None:
    """Nothing is fetched from another host, a local host, a URL with a password, or beyond the limit."""
    fetcher = Fetcher(["https://old.example.org"], most=0)
    for address in (
        "https://other.example.org/a.png", "http://127.0.0.1/a.png", "file:///etc/passwd", "https://u:p@old.example.org/a",
        "ftp://old.example.org/a", "https://old.example.org/a.png", "https://[",
    ):  # fmt: skip
        assert fetcher.find(address) is None


class _OldSite(BaseHTTPRequestHandler):
    """Responds with bytes, or with a redirect to another host."""

    def do_GET(self) -> None:
        """Respond to a request."""
        away = self.path == "/away"
        self.send_response(302 if away else 200)
        if away:
            self.send_header("Location", f"http://localhost:{self.server.server_port}/a")  # type: ignore[attr-defined]
        self.end_headers()
        self.wfile.write(b"bytes")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_old_site_gives_its_files() -> None:
    """With ``fetch``, a file is fetched from the old site. A redirect to another host is not followed."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _OldSite) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}"
        fetcher = Fetcher([home], most=3, is_forbidden=lambda _: False)
        assert fetcher.find(f"{home}/a") == b"bytes"
        assert fetcher.find(f"{home}/away") is None
        assert fetcher.find(f"{home}/b") == b"bytes"
        assert fetcher.find(f"{home}/c") is None
        server.shutdown()
