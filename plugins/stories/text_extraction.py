"""Extract every text from a file of the site, whatever its format."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
#: HTML in JSON or XML is escaped twice, and its own special characters a third time.
_DEPTH = 3
_PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
#: Match text in binary files: runs of letters in one byte each, or in UTF-16 of either byte order.
_RUNS = (
    (re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]{12,}"), ("utf-8", "latin-1")),
    (re.compile(rb"(?:[\t\n\r\x20-\xff]\x00|[\x00-\xff]\x20){8,}"), ("utf-16-le",)),
    (re.compile(rb"(?:\x00[\t\n\r\x20-\xff]|\x20[\x00-\xff]){8,}"), ("utf-16-be",)),
)


def words(text: str) -> list[str]:
    """Return the words of ``text``: letters and digits, with straight apostrophes and without invisible characters."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return [word.replace("’", "'") for word in _WORD.findall(folded)]


def readings(data: bytes, path: str) -> Iterator[str]:
    """Yield the texts that the file ``path`` with the bytes ``data`` may hold. The same words may come twice."""
    suffix = PurePosixPath(path).suffix.lower()
    if data[:2] == b"\x1f\x8b":
        try:
            yield from readings(gzip.decompress(data), path.removesuffix(".gz"))
        except (OSError, EOFError, zlib.error):
            yield from _bytes(data)
    elif suffix in _PICTURES:
        yield from _bytes(data)
        yield from _picture(data)
    elif b"\0" in data:
        yield from _bytes(data)
    else:
        text = data.decode("utf-8", errors="replace")
        yield from _markup(text)
        yield from _json(text)


def _markup(text: str) -> Iterator[str]:
    """Yield the text with markup, because attributes are texts, and without, at each level of escaping."""
    for _ in range(_DEPTH):
        yield text
        if "<" in text:
            yield _TAG.sub(" ", text)
        plainer = html.unescape(text)
        if plainer == text:
            return
        text = plainer


def _json(text: str) -> Iterator[str]:
    if not text.lstrip().startswith(("{", "[")):
        if "\\u" in text:
            yield from _markup(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))
        return
    try:
        value = json.loads(text)
    except ValueError:
        yield from _markup(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text))
        return
    yield from _markup("\0".join(_strings(value)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _bytes(data: bytes) -> Iterator[str]:
    """Yield everything that looks like text in a binary file."""
    for run, encodings in _RUNS:
        found = run.findall(data)
        yield from ("\n".join(part.decode(encoding, errors="replace") for part in found) for encoding in encodings)


def _picture(data: bytes) -> Iterator[str]:
    """Yield the text chunks and Exif fields of a picture."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most builds read no picture

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            exif = image.getexif()
            values = [*image.info.values(), *getattr(image, "text", {}).values(), *exif.values()]
            for block in (0x8769, 0x8825):  # the Exif and the GPS block
                values += exif.get_ifd(block).values()
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return
    for value in values:
        if isinstance(value, bytes):
            yield from _bytes(value)
        elif isinstance(value, str):
            yield value
