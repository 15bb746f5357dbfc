"""Flat PNG: files of few colours of which only some rows differ. What they share is packed once, and packed well."""

from __future__ import annotations

import struct
import zlib

from PIL import Image

#: As many as fit into the four bits of a pixel.
COLOURS = 16
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Higher levels take from two to fifty times as long to save a tenth to a third of the size.
_QUICK = 2
_THOROUGH = 9


class FlatPng:
    """Files that are the same but for the rows from ``top`` to ``bottom``.

    Args:
        shared: what they share, in mode "P" with at most 16 colours; of an even width.
        top: the first row that differs.
        bottom: the first row below that is the same again.
    """

    def __init__(self, shared: Image.Image, top: int, bottom: int) -> None:
        width, height = shared.size
        self._blank = shared.crop((0, top, width, bottom))
        above = _rows(shared.crop((0, 0, width, top)))
        self._below = _rows(shared.crop((0, bottom, width, height)))
        self._checksum = zlib.adler32(above)
        # Four bits a pixel, of a palette, not interlaced.
        head = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
        # The two bytes say that what follows is deflated.
        first = b"\x78\x01" + _packed(above, _THOROUGH, zlib.Z_FULL_FLUSH)
        colours = bytes(shared.getpalette() or ())
        self._begin = _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"PLTE", colours) + _chunk(b"IDAT", first)
        self._last = _packed(self._below, _THOROUGH, zlib.Z_FINISH)

    def blank(self) -> Image.Image:
        """Return the rows that differ, as they are in ``shared``, to draw on."""
        return self._blank.copy()

    def file(self, drawn: Image.Image) -> bytes:
        """Return the file that has the rows ``drawn``."""
        rows = _rows(drawn)
        checksum = zlib.adler32(self._below, zlib.adler32(rows, self._checksum))
        packed = _packed(rows, _QUICK, zlib.Z_FULL_FLUSH) + self._last + checksum.to_bytes(4, "big")
        return self._begin + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _rows(image: Image.Image) -> bytes:
    """The rows as PNG has them: four bits a pixel, and before each row a byte that says that it is not filtered."""
    data = image.tobytes("raw", "P;4")
    width = image.width // 2
    return b"".join(b"\0" + data[start : start + width] for start in range(0, len(data), width))


def _packed(data: bytes, level: int, flush: int) -> bytes:
    # Without a head of its own, so that several can follow each other.
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(flush)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
