"""An entry of the sitemap."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class SitemapEntry(Struct, frozen=True):
    """A page that search engines may index.

    Attributes:
        permalink: address of the page.
        day: the latest day on which something on the page was published or changed, or None.
        pictures: permalinks of its main pictures.
    """

    permalink: str
    day: dt.date | None = None
    pictures: tuple[str, ...] = ()
