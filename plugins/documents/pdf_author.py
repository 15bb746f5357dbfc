"""Read the author from the properties of a PDF, which programs often set automatically."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_TEXT = re.compile(rb"/Author\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_XMP = re.compile(rb"<dc:creator>.{0,200}?<rdf:li[^>]*>([^<]+)</rdf:li>", re.DOTALL)
_STREAM = re.compile(rb"/ObjStm\b.{0,500}?stream\r?\n", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_OCTAL = 8
#: The most bytes that are decompressed of one stream.
_MAX_STREAM = 1_000_000


def author_of(data: bytes) -> str:
    """Return the author in the properties of the PDF ``data``, or "" if there is none or the file is encrypted."""
    if b"/Encrypt" in data:
        return ""
    for part in _decompressed(data):
        for match in _TEXT.finditer(part):
            raw = bytes.fromhex(_hex_digits(match[2])) if match[1] is None else _ESCAPED.sub(_unescape, match[1])
            name = _decode(raw).strip()
            if name:
                return name
        xmp = _XMP.search(part)
        if xmp and xmp[1].strip():
            return xmp[1].decode("utf-8", "replace").strip()
    return ""


def _decompressed(data: bytes) -> Iterator[bytes]:
    """Yield the file and its decompressed object streams."""
    yield data
    for match in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[match.end() :], _MAX_STREAM)
        except zlib.error:
            continue


def _hex_digits(digits: bytes) -> str:
    digits_only = "".join(digits.decode("ascii").split())
    return digits_only + "0" * (len(digits_only) % 2)


def _unescape(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    if escaped[:1] in b"01234567":
        return bytes([int(escaped, _OCTAL) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}.get(escaped, escaped.strip(b"\r\n"))


def _decode(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode("latin-1")
