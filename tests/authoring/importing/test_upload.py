"""Test documents that somebody gives the start page of the editor."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.authoring.importing.upload import UploadedDocumentError, import_upload
from tests.authoring.editor.browser import Browser
from tests.authoring.importing.documents import word_document, write_odt
from tests.authoring.importing.world import body, entry, new_content, picture

_HTML = b"<!doctype html><title>x</title><h1>A walk</h1><p>Some words.</p>"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder."""
    return new_content(tmp_path / "site" / "content")


def docx() -> bytes:
    """Return a Word document."""
    stream = io.BytesIO()
    word_document(picture()).save(stream)
    return stream.getvalue()


def test_a_document_becomes_a_draft(content: Path) -> None:
    """A Word document is a draft with its pictures and a list of what is left to do."""
    path, told = import_upload(content, "C:\\letters\\My walk.docx", docx(), "editorial-team")
    assert path == "articles/a-walk-before-work/index.md"
    text = entry(content, "articles/a-walk-before-work")
    assert "status: draft" in text
    assert "author: editorial-team" in text
    assert "## Before you go" in text
    assert [name.suffix for name in (content / path).parent.iterdir() if name.name != "index.md"] == [".png"]
    assert [one for one in told if one.startswith("To do: a picture has no words")]
    assert [one.name for one in content.parent.iterdir()] == ["content"]


def test_the_bytes_decide_what_a_file_is(content: Path, tmp_path: Path) -> None:
    """The name does not decide what a document is, and the same document twice is two drafts."""
    odt = write_odt(tmp_path / "x.odt", "<text:p>Words of a letter.</text:p>").read_bytes()
    for name, data, words in (
        ("letter.docx", odt, "Words of a letter."),
        ("page.md", _HTML, "Some words."),
        ("page.docx", _HTML, "Some words."),
        ("", b"# A title\n\nWords in *Markdown*.\n", "Words in *Markdown*."),
    ):
        path, _ = import_upload(content, name, data, "editorial-team")
        assert body(content, path.removesuffix("/index.md")).endswith(words)
    assert len(list((content / "articles").iterdir())) == 4


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "save it as .docx"),
        (b"{\\rtf1 x}", "save it as .docx"),
        (b"PK\x03\x04" + bytes(99), "no document that can be read"),
        (picture(), "no document that can be read"),
        (b"a\0b", "no document that can be read"),
        (b"<!doctype html>" + b"<div>" * 999 + b"x", "more than 100 elements deep"),
    ],
)
def test_what_is_no_document_is_refused(content: Path, data: bytes, says: str) -> None:
    """Another file is refused in words, and nothing is written."""
    before = sorted(content.rglob("*"))
    with pytest.raises(UploadedDocumentError, match=re.escape(says)):
        import_upload(content, "x.docx", data, "editorial-team")
    assert sorted(content.rglob("*")) == before


def test_the_start_page_takes_a_document(tmp_path: Path) -> None:
    """The start page has a field for a file, and its request writes the draft and says where to open it."""
    page = Browser(tmp_path)
    assert 'type="file"' in page.get("/write/").text
    answer = page.post(f"/write/do/import?name={quote('A walk.html')}&author=editorial-team", _HTML)
    assert answer.status == 200, answer.text
    assert answer.data["go"] == "/write/edit/articles/a-walk/index.md"
    assert "Some words." in page.get(answer.data["go"]).text
    refused = page.post("/write/do/import?name=x.docx&author=editorial-team", b"%PDF-1.7")
    assert (refused.status, "This is a PDF" in refused.data["error"]) == (422, True)
