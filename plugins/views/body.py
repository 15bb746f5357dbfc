"""The rendered text of an entry."""

from __future__ import annotations

import re
from html import unescape

from msgspec import Struct

from plugins.base.fingerprint import Lazy

#: Words a minute of a person reading prose on a screen; Brysbaert 2019 (a review of 190 studies) gives 238.
READING_SPEED = 238
#: Addresses of pictures and documents. Words of the text may match, too.
_FILES = re.compile(r"/(?:images|documents)/[^\s\"?#]+")


class Heading(Struct, frozen=True):
    """A heading of a body.

    Attributes:
        level: 2 for the first level below the page's title.
        id: the anchor, unique in the page.
        text: plain text.
    """

    level: int
    id: str
    text: str


class Body(Struct, frozen=True):
    """The HTML of a Markdown text, and what was measured of it.

    Attributes:
        lazy_html: see ``html``. Internal links are root-relative and include the site's path prefix.
        lazy_headings: see ``headings``.
        first_paragraph: plain text of the first paragraph outside any block, or "".
        words: number of words that a reader reads.
        files: the addresses of pictures and documents in the HTML, without the site's path prefix.
    """

    lazy_html: Lazy[str]
    lazy_headings: Lazy[tuple[Heading, ...]]
    first_paragraph: str
    words: int
    files: tuple[str, ...]

    @classmethod
    def of(cls, html: str, headings: tuple[Heading, ...] = (), first_paragraph: str = "", words: int = 0) -> Body:
        """Return the body with ``html``, which is sanitised, and ``headings``."""
        files = tuple(dict.fromkeys(map(unescape, _FILES.findall(html))))
        return cls(Lazy.of(html), Lazy.of(headings), first_paragraph, words, files)

    @property
    def html(self) -> str:
        """Sanitised HTML."""
        return self.lazy_html.value

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in document order."""
        return self.lazy_headings.value

    @property
    def reading_minutes(self) -> int:
        """Reading time in whole minutes, at least 1."""
        return max(1, round(self.words / READING_SPEED))
