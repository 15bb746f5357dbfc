"""Findable: what maps of the site say of a page that search engines may show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page that search engines may show.

    Attributes:
        permalink: its address.
        day: the newest day on which something that it shows was published or changed, or None.
        pictures: permalinks of the pictures that it is about.
    """

    permalink: str
    day: dt.date | None = None
    pictures: tuple[str, ...] = ()
