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
#: If the largest format is below this part of the limit, the others are within it, because all hold the same texts.
_CLEARLY_WITHIN = 0.95


class SizeLimits(Struct, frozen=True):
    """The most bytes of a feed, uncompressed and compressed by gzip."""

    raw: int
    gzipped: int

    def allow(self, documents: Iterable[bytes]) -> bool:
        """Return whether each of ``documents``, the formats of one feed, is within the limits."""
        for data in sorted(documents, key=len, reverse=True):
            if len(data) + _MARGIN > self.raw:
                return False
            sizes = (len(zlib.compress(data, level)) + _GZIP_OVERHEAD + _MARGIN for level in _GZIP_LEVELS)
            size = next((size for size in sizes if size <= self.gzipped), None)
            if size is None:
                return False
            if size <= self.gzipped * _CLEARLY_WITHIN:
                break
        return True
