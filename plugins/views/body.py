"""The rendered text of an entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from plugins.base.fingerprint import Lazy

#: Words a minute of a person reading prose on a screen; Brysbaert 2019 (a review of 190 studies) gives 238.
READING_SPEED = 238
#: Addresses of pictures and documents. Words of the text may match, too.
_FILES = re.compile(r"/(?:images|documents)/[^\s\"?#]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body.

    Attributes:
        level: 2 for the first level below the page's title.
        id: the anchor, unique in the page.
        text: plain text.
    """

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True, init=False)
class Body:
    """The HTML of a Markdown text, and what was measured of it.

    Args:
        html: sanitised HTML. Internal links are root-relative and include the site's path prefix.
        headings: in document order.
        first_paragraph: plain text of the first paragraph outside any block, or "".
        words: number of words that a reader reads.

    Attributes:
        files: the addresses of pictures and documents in the HTML, without the site's path prefix.
    """

    lazy_html: Lazy[str]
    lazy_headings: Lazy[tuple[Heading, ...]]
    first_paragraph: str
    words: int
    files: tuple[str, ...]

    def __init__(
        self, html: str, headings: tuple[Heading, ...] = (), first_paragraph: str = "", words: int = 0
    ) -> None:
        object.__setattr__(self, "lazy_html", Lazy.of(html))
        object.__setattr__(self, "lazy_headings", Lazy.of(headings))
        object.__setattr__(self, "first_paragraph", first_paragraph)
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "files", tuple(dict.fromkeys(map(unescape, _FILES.findall(html)))))

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
