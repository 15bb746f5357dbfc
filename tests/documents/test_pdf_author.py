"""The author is read from the properties of a PDF."""

from __future__ import annotations

import zlib

import pytest

from plugins.documents.pdf_author import author_of


def packed(objects: bytes) -> bytes:
    """Return a PDF with a compressed object stream."""
    return (
        b"%PDF-1.5\n2 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\r\n"
        + zlib.compress(objects)
        + b"\nendstream"
    )


@pytest.mark.parametrize(
    ("data", "author"),
    [
        (b"%PDF-1.4 <</Author (Ash) /Title (x)>>", "Ash"),
        (b"%PDF-1.4 <</Author(A \\(so called\\) \\101sh)>>", "A (so called) Ash"),
        (b"%PDF-1.4 <</Author <FEFF00410073 0068>>>", "Ash"),
        (b"%PDF-1.4 <</Author (\xfe\xff\0A\0s\0h)>>", "Ash"),
        (packed(b"<</Author (Ash)>>"), "Ash"),
        (b"%PDF <dc:creator><rdf:Seq>\n<rdf:li>Ash \xc3\x84</rdf:li></rdf:Seq></dc:creator>", "Ash Ä"),
        (b"%PDF-1.4 <</Author ()>> <</Author (  )>>", ""),
        (b"%PDF-1.4 <</Title (The Author)>>", ""),
        (b"%PDF-1.4 <</Author (\x01\x02) /Encrypt 3 0 R>>", ""),
        (b"%PDF-1.5 <</Type /ObjStm>> stream\nno zlib", ""),
        (b"%PDF-1.4 <</Author (never closed", ""),
    ],
)  # fmt: skip
def test_author_in_every_notation(data: bytes, author: str) -> None:
    """The author is found as literal or escaped text, hexadecimal digits, compressed, or in XMP."""
    assert author_of(data) == author
