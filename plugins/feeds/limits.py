"""Limit the size of feeds, for readers on slow connections."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from msgspec import Struct

#: A level that takes a quarter of the time, and the level of most hosts.
_GZIP_LEVELS = (1, 6)
#: The gzip header and trailer have 18 bytes, those of zlib have 6.
_GZIP_OVERHEAD = 12
#: Bytes of the link to an archive, which is added after the size of the feed is checked.
_MARGIN = 400


class SizeLimits(Struct, frozen=True):
    """The most bytes of a feed, uncompressed and compressed by gzip."""

    raw: int
    gzipped: int

    def allow(self, documents: Iterable[bytes]) -> bool:
        """Return whether each of ``documents`` is within the limits."""
        return all(
            len(data) + _MARGIN <= self.raw
            and any(
                len(zlib.compress(data, level)) + _GZIP_OVERHEAD + _MARGIN <= self.gzipped for level in _GZIP_LEVELS
            )
            for data in documents
        )
