"""Detect the format of a file that the site cannot show, by its first bytes, for the message to its author."""

from __future__ import annotations

from msgspec import Struct

from plugins.base.picture_files import is_heic

#: Bytes that are enough to detect a format.
HEAD = 1_024
_EXPORT = "open it in a program that shows pictures, and save it as JPEG or PNG"


class Format(Struct, frozen=True):
    """A file format.

    Attributes:
        words: predicate of a sentence that begins with "it is".
        hint: how to convert the file to a picture that the site can show.
        is_other: False for the formats that the site reads, and for files without content.
    """

    words: str
    hint: str = _EXPORT
    is_other: bool = True


_COPY_AGAIN = "copy it again from where it comes from"
_EMPTY = Format("empty", _COPY_AGAIN, is_other=False)
_DAMAGED = Format("damaged: it begins like a picture and cannot be read", _COPY_AGAIN, is_other=False)
_LFS = Format(
    "a pointer of Git LFS, which stands for the picture", "run  git lfs pull  to bring the picture", is_other=False
)
_HEIC = Format("HEIC, the format of iPhones", "export it as JPEG, or send it from the telephone as JPEG")
_RAW = Format("the raw data of a camera")
_VIDEO = Format("a film", "save one picture of it as JPEG")
_SVG = Format("an SVG drawing", "export it as PNG")
_OFFICE = Format("a document of an office program or an archive", "save the picture in it as JPEG or PNG")
_TIFF = Format("TIFF, the format of scanners")
_WEB = Format("a page of the web", "open that page, and save the picture itself")
_WINDOWS = Format("a drawing of Windows programs (WMF or EMF)", "export it as PNG")

#: By the first bytes of a file, in order of precedence.
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"version https://git-lfs", _LFS),
    (b"\x89PNG", _DAMAGED),
    (b"\xff\xd8", _DAMAGED),
    (b"RIFF", _DAMAGED),
    (b"GIF8", _DAMAGED),
    (b"%PDF", Format("a PDF", "export the page as PNG, or link to the PDF in place of showing it")),
    (b"8BPS", Format("a picture of Photoshop")),
    (b"gimp xcf", Format("a picture of GIMP")),
    (b"II*\0\x10\0\0\0CR", _RAW),
    (b"FUJIFILMCCD-RAW", _RAW),
    (b"IIRO", _RAW),
    (b"IIU\0", _RAW),
    (b"FOVb", _RAW),
    (b"II*\0", _TIFF),
    (b"MM\0*", _TIFF),
    (b"BM", Format("BMP, the format of old Windows programs")),
    (b"\0\0\1\0", Format("an icon of Windows")),
    (b"\xd7\xcd\xc6\x9a", _WINDOWS),
    (b"\xff\x0a", Format("JPEG XL")),
    (b"\0\0\0\x0cJXL ", Format("JPEG XL")),
    (b"\0\0\0\x0cjP  ", Format("JPEG 2000")),
    (b"\xff\x4f\xff\x51", Format("JPEG 2000")),
    (b"PK\3\4", _OFFICE),
    (b"\xd0\xcf\x11\xe0", _OFFICE),
    (b"\x1a\x45\xdf\xa3", _VIDEO),
)
#: By the brand of an ISO base media file.
_BRANDS = {b"avif": _DAMAGED, b"crx ": _RAW}


def format_of(head: bytes) -> Format | None:
    """Return the format of a file that begins with ``head``, or None if it is unknown."""
    if not head.strip(b"\0"):
        return _EMPTY
    if is_heic(head):
        return _HEIC
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], _VIDEO)
    if head[40:44] == b" EMF":
        return _WINDOWS
    match = next((each for start, each in _SIGNATURES if head.startswith(start)), None)
    if match is not None:
        return match
    text = head.lstrip(b"\xef\xbb\xbf\t\r\n ").lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return _WEB
    return _SVG if text.startswith(b"<") and b"<svg" in text else None
