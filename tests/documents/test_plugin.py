"""A build publishes the documents that live texts link to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from plugins.base.files import FileChangedError, read_file
from plugins.content_model.article import Article
from plugins.content_model.page import Person
from plugins.documents import lookup
from plugins.documents.lookup import Documents
from plugins.documents.plugin import _read
from plugins.engine.settings import SettingsError, SiteSettings
from plugins.views.document import Document
from tests.images.making import picture
from tests.sites.building import run_here
from tests.sites.writing import fields, text, write

PDF = b"%PDF-1.4\n%%EOF\n"


def content(folder: Path, body: str, **changed: Any) -> Path:
    """Write a content folder with one article."""
    return write(
        folder,
        {
            "articles/one/index.md": text(fields(Article, "one", **changed), body),
            "people/editor/index.md": text(fields(Person, "editor")),
        },
    )


def published(output: Path) -> list[str]:
    """Return the names of the published documents."""
    return sorted(file.name for file in (output / "documents").glob("*"))


def test_linked_document_is_published_unchanged(tmp_path: Path) -> None:
    """A linked document is published, the page gives type and size once, and the feed has the absolute address."""
    folder = content(
        tmp_path / "content", "[One](one.pdf), [again]({filename}one.pdf) and [two](/articles/one/two.docx)."
    )
    write(
        folder, {"articles/one/one.pdf": PDF, "articles/one/two.docx": b"PK\3\4", "articles/one/other.pdf": PDF + b"x"}
    )
    output, types = tmp_path / "site", {".pdf": "PDF", ".docx": "Word document"}
    done = run_here(folder, output, SITEURL="https://example.org/here", DOCUMENT_TYPES=types)
    assert done.status == 0, done.stderr
    one, two = published(output)
    assert (output / "documents" / one).read_bytes() == PDF
    page = (output / "articles/one/index.html").read_text(encoding="utf-8")
    assert f'<a href="/here/documents/{one}">One</a> (PDF, 1 kB), <a href="/here/documents/{one}">again</a> and' in page
    assert f'<a href="/here/documents/{two}">two</a> (Word document, 1 kB)' in page
    feed = next(file for file in output.rglob("*.xml") if "One" in file.read_text(encoding="utf-8"))
    assert f"https://example.org/here/documents/{one}" in feed.read_text(encoding="utf-8")


def test_an_unlinked_document_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that shows pictures alone makes no build read the documents."""
    folder = content(tmp_path / "content", "![A door](door.jpg)")
    write(folder, {"articles/one/door.jpg": picture("JPEG", (500, 300)), "articles/one/one.pdf": PDF})
    read: list[Path] = []

    def noted(file: Path) -> bytes:
        read.append(file)
        return read_file(file)

    monkeypatch.setattr(lookup, "read_file", noted)
    done = run_here(folder, tmp_path / "site", CACHE_PATH=str(tmp_path / "cache"))
    assert done.status == 0, done.stderr
    assert list((tmp_path / "site/images").iterdir())
    assert read == []


def test_document_of_a_draft_is_not_published(tmp_path: Path) -> None:
    """A document that only a draft links to is not published."""
    folder = content(tmp_path / "content", "[One](one.pdf)", status="draft")
    write(folder, {"articles/one/one.pdf": PDF})
    done = run_here(folder, tmp_path / "site")
    assert done.status == 0, done.stderr
    assert published(tmp_path / "site") == []


def test_document_that_changes_during_the_build(tmp_path: Path) -> None:
    """A document that changes or disappears after it was first read stops the build."""
    file = write(tmp_path, {"a/one.pdf": PDF}) / "a/one.pdf"
    found = Documents(tmp_path, ["a/one.pdf"], {".pdf": "PDF"}, 1_000).find("a/one.pdf")
    assert isinstance(found, Document)
    assert _read(file, found) == PDF
    file.write_bytes(PDF + b"x")
    with pytest.raises(FileChangedError, match=r"a/one\.pdf changed while"):
        _read(file, found)
    file.unlink()
    with pytest.raises(FileChangedError):
        _read(file, found)


def test_link_to_a_picture(tmp_path: Path) -> None:
    """A link to a picture file leads to its largest published size."""
    folder = content(tmp_path / "content", "[The map](map.png) and [none](mop.png)")
    write(folder, {"articles/one/map.png": picture("PNG", (500, 300))})
    done = run_here(folder, tmp_path / "site")
    assert [(problem.name, problem.column) for problem in done.problems(folder)] == [("missing-document", 31)]
    assert "did you mean `map.png`?" in done.stderr
    content(folder, "[The map](map.png)")
    assert run_here(folder, tmp_path / "site").status == 0
    (made,) = (tmp_path / "site/images").glob("*-500.jpg")
    page = (tmp_path / "site/articles/one/index.html").read_text(encoding="utf-8")
    assert f'<a href="/images/{made.name}">The map</a>' in page


@pytest.mark.parametrize("types", [[".pdf"], {"pdf": "PDF"}, {".pdf": " "}, {".html": "Page"}, {".svg": "Drawing"}])
def test_invalid_document_type(types: object) -> None:
    """A document type is an extension with a label, and not one that browsers execute."""
    settings = {"SITEURL": "https://example.org", "TIMEZONE": "Europe/London", "DOCUMENT_TYPES": types}
    names = {"SITENAME": "x", "SITESUBTITLE": "", "SITE_LANGUAGE": "en-GB", "SITE_CONTACT": ""}
    with pytest.raises(SettingsError, match="DOCUMENT_TYPES"):
        SiteSettings.from_pelican({**settings, **names})
