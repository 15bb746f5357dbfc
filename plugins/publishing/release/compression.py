"""Compress files with the content codings that browsers support."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import brotli

#: The file suffix of each content coding (RFC 9110).
SUFFIXES: Mapping[str, str] = {"br": ".br", "gzip": ".gz"}
#: Above this size in bytes, Brotli uses a lower quality: the highest takes seconds for feed archives.
_MOST_AT_HIGHEST_QUALITY = 65_536
#: Below this size in bytes, the whole file fits into one network packet.
_MIN_SIZE = 256


def compressed(data: bytes) -> dict[str, bytes]:
    """Return ``data`` in each coding that makes it smaller. The result is deterministic."""
    forms = {name: compress(data) for name, compress in _CODINGS.items()} if len(data) >= _MIN_SIZE else {}
    return {name: compressed_data for name, compressed_data in forms.items() if len(compressed_data) < len(data)}


def _compress_brotli(data: bytes) -> bytes:
    compressed_data: bytes = brotli.compress(
        data, mode=brotli.MODE_TEXT, quality=11 if len(data) <= _MOST_AT_HIGHEST_QUALITY else 6
    )
    return compressed_data


def _compress_gzip(data: bytes) -> bytes:
    # A time in the header would make the result differ from run to run.
    return gzip.compress(data, 9, mtime=0)


_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {"br": _compress_brotli, "gzip": _compress_gzip}
