"""Limit the size of feeds, for readers on slow connections."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

#: The compression level of most hosts.
_GZIP_LEVEL = 6
#: The gzip header and trailer have 18 bytes, those of zlib have 6.
_GZIP_OVERHEAD = 12
#: Bytes of the link to an archive, which is added after the size of the feed is checked.
_MARGIN = 400


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """The most bytes of a feed, uncompressed and compressed by gzip."""

    raw: int
    gzipped: int

    def allow(self, documents: Iterable[bytes]) -> bool:
        """Return whether each of ``documents`` is within the limits."""
        return all(
            len(data) + _MARGIN <= self.raw
            and len(zlib.compress(data, _GZIP_LEVEL)) + _GZIP_OVERHEAD + _MARGIN <= self.gzipped
            for data in documents
        )
