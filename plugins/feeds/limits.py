"""Size: whether a feed is small enough for a slow link."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

#: What most hosts compress with; gzip adds a head and a foot of 18 bytes to what zlib makes, which brings 6 of its own.
_LEVEL = 6
_GZIP_MORE = 12
#: Room for the link to an archive, which is known only when the feed has been cut.
_MARGIN = 400


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes of a feed, as it is and as it travels."""

    raw: int
    gzipped: int

    def hold(self, documents: Iterable[bytes]) -> bool:
        """Tell whether each of ``documents`` is within the limits."""
        return all(
            len(data) + _MARGIN <= self.raw and len(zlib.compress(data, _LEVEL)) + _GZIP_MORE + _MARGIN <= self.gzipped
            for data in documents
        )
