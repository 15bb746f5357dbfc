"""Author: whose name a PDF carries in its properties, which programs write there unasked."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_TEXT = re.compile(rb"/Author\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_XMP = re.compile(rb"<dc:creator>.{0,200}?<rdf:li[^>]*>([^<]+)</rdf:li>", re.DOTALL)
_STREAM = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_OCTAL = 8
#: The most that is unpacked of one part of a file.
_MOST = 1_000_000


def author_of(data: bytes) -> str:
    """Return the author that the PDF ``data`` names in its properties, or "".

    One that is encrypted shows none to those without its key, and none is found.
    """
    if b"/Encrypt" in data:
        return ""
    for piece in _pieces(data):
        for found in _TEXT.finditer(piece):
            raw = bytes.fromhex(_even(found[2])) if found[1] is None else _ESCAPED.sub(_unescaped, found[1])
            name = _decoded(raw).strip()
            if name:
                return name
        xmp = _XMP.search(piece)
        if xmp and xmp[1].strip():
            return xmp[1].decode("utf-8", "replace").strip()
    return ""


def _pieces(data: bytes) -> Iterator[bytes]:
    """Yield the file, and what is packed in it as objects."""
    yield data
    for found in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], _MOST)
        except zlib.error:
            continue


def _even(digits: bytes) -> str:
    plain = "".join(digits.decode("ascii").split())
    return plain + "0" * (len(plain) % 2)


def _unescaped(found: re.Match[bytes]) -> bytes:
    after = found[1]
    if after[:1] in b"01234567":
        return bytes([int(after, _OCTAL) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}.get(after, after.strip(b"\r\n"))


def _decoded(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode("latin-1")
