"""Body: the rendered text of an entry, ready for a page or a feed."""

from __future__ import annotations

from dataclasses import dataclass

#: Words a minute of a person reading prose on a screen; Brysbaert 2019 (a review of 190 studies) gives 238.
READING_SPEED = 238


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


@dataclass(frozen=True, slots=True)
class Body:
    """What Markdown became.

    Attributes:
        html: sanitised HTML; internal links are root-relative and carry the site's path prefix.
        headings: in document order.
        first_paragraph: plain text of the first paragraph that stands outside any block, or "".
        words: how many words a reader reads.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    first_paragraph: str = ""
    words: int = 0

    @property
    def reading_minutes(self) -> int:
        """Whole minutes that reading takes, at least 1."""
        return max(1, round(self.words / READING_SPEED))
