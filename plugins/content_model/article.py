"""The model of articles: guides, opinions and news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from plugins.content_model.entry import Entry, RuleViolation
from plugins.content_model.fields import FeedId, Flag, Slug, Text


class Article(Entry):
    """An article. ``medical`` marks health claims, which need a source."""

    kind_name: ClassVar[str] = "article"
    section: ClassVar[str] = "articles"

    author: Slug
    """Who wrote it: the name of a folder of people."""
    kind: Literal["guide", "opinion", "news"]
    """What sort of article it is."""
    checked_by: Text | None = None
    """The role of the person who checked a guide, and who did not write it."""
    medical: Flag = False
    """Write true when it says something about health. Then it needs a source."""
    feed_id: FeedId | None = None
    """Its id in the feeds of an earlier site, for those who follow them. The import writes it, and it never changes."""

    def violations(self) -> Iterator[RuleViolation]:
        """Yield the violations common to all entries, and a medical article without a source."""
        yield from super().violations()
        if self.medical and not self.sources:
            yield RuleViolation(
                ("medical",),
                "medical-without-source",
                "the article makes health claims but names no source",
                "add  sources:  with title, publisher and url, or write  medical: false",
            )
