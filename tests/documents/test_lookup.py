"""Links find documents, or the reason why a file is not published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.base.files import Files
from plugins.documents.lookup import Documents, size_in_words
from plugins.views.document import Document
from plugins.views.file_rejection import FileRejection
from tests.sites.writing import write

PDF = b"%PDF-1.4\n%%EOF\n"


def documents(root: Path, limit: int = 1_000) -> Documents:
    """Return the documents of a folder, with the types PDF and Word."""
    return Documents(root, Files(root).paths, {".pdf": "PDF", ".docx": "Word document"}, limit)


def unshown(found: object) -> FileRejection:
    """Return the reason why a file is not published."""
    assert isinstance(found, FileRejection)
    return found


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "1 kB"), (1_999, "1 kB"), (240_000, "240 kB"), (999_999, "999 kB"), (2_000_000, "2 MB"), (2_345_678, "2.3 MB")]
)  # fmt: skip
def test_size_in_words(size: int, words: str) -> None:
    """Sizes are in decimal units."""
    assert size_in_words(size) == words


def test_address_has_name_and_hash(tmp_path: Path) -> None:
    """The address of a document contains its file name and a hash of its bytes."""
    write(tmp_path, {"a/Our Leaflet (2).PDF": PDF, "a/b.docx": b"PK\3\4", "a/\u00c4.pdf": PDF})
    found = documents(tmp_path)
    leaflet, word, umlaut = (found.find(f"a/{name}") for name in ("Our Leaflet (2).PDF", "b.docx", "\u00c4.pdf"))
    assert isinstance(leaflet, Document)
    assert isinstance(word, Document)
    assert isinstance(umlaut, Document)
    assert re.fullmatch(r"/documents/our-leaflet-2-[0-9a-f]{10}\.pdf", leaflet.href)
    assert re.fullmatch(r"/documents/[0-9a-f]{10}\.pdf", umlaut.href)
    assert (leaflet.note, word.note) == ("PDF, 1 kB", "Word document, 1 kB")


def test_unpublished_files_have_a_reason(tmp_path: Path) -> None:
    """A file that is too large, damaged, missing or of another type is not published, with a reason."""
    files = {"large.pdf": PDF * 100, "no.pdf": b"<html>", "empty.pdf": b"", "a.csv": b"1", "a.odt": b"PK", "a.md": b"x"}
    found = documents(write(tmp_path, files))
    assert "has 1 kB, which takes long" in unshown(found.find("large.pdf")).message
    assert unshown(found.find("no.pdf")).name == unshown(found.find("empty.pdf")).name == "bad-document"
    assert unshown(found.find("a.csv")).name == "document-of-another-type"
    assert unshown(found.find("a.odt")) == FileRejection()  # the problem is reported at the file
    assert unshown(found.find("Larg.pdf")) == FileRejection(
        "missing-document", "there is no file `Larg.pdf`", "put the file beside the text", "large.pdf"
    )
    assert found.find("a.md") is None
    assert found.find("example.org") is None
