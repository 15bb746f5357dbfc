"""Limits and formats of picture files, shared by the build and the editor."""

from __future__ import annotations

#: The most pixels that are decoded. Camera pictures have fewer, decompression bombs have more.
MAX_SOURCE_PIXELS = 80_000_000
#: Brands of HEIF containers that do not begin with ``he`` or ``hv``.
_HEIF_BRANDS = (b"mif1", b"msf1")


def is_heic(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` is HEIC, the format of iPhones."""
    brand = head[8:12]
    return head[4:8] == b"ftyp" and (brand.startswith((b"he", b"hv")) or brand in _HEIF_BRANDS)
