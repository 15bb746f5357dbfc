"""Packing: a file as it travels, in the content codings that browsers understand."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import brotli

#: The name of each coding in HTTP (RFC 9110), and what is put behind the name of a file that is packed so.
SUFFIXES: Mapping[str, str] = {"br": ".br", "gzip": ".gz"}
#: A larger file is packed less hard: the hardest way takes seconds over archives of feeds, which few people ask for.
_HARD = 65_536
#: Below this, what is saved fits into the same packet of the network.
_LEAST = 256


def packed(data: bytes) -> dict[str, bytes]:
    """Return ``data`` in each coding that makes it smaller; the same for the same data."""
    forms = {name: pack(data) for name, pack in _CODINGS.items()} if len(data) >= _LEAST else {}
    return {name: form for name, form in forms.items() if len(form) < len(data)}


def _br(data: bytes) -> bytes:
    form: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=11 if len(data) <= _HARD else 6)
    return form


def _gzip(data: bytes) -> bytes:
    # A time in the header would make two packings of one file differ.
    return gzip.compress(data, 9, mtime=0)


_CODINGS: Mapping[str, Callable[[bytes], bytes]] = {"br": _br, "gzip": _gzip}
