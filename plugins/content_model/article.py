"""Article: a guide, an opinion or a piece of news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from plugins.content_model.entry import Entry, Fault
from plugins.content_model.fields import Flag, Slug


class Article(Entry):
    """An article. ``medical`` marks health claims: these need a source."""

    kind_name: ClassVar[str] = "article"
    section: ClassVar[str] = "articles"

    author: Slug
    kind: Literal["guide", "opinion", "news"]
    medical: Flag = False

    def faults(self) -> Iterator[Fault]:
        """Yield the common faults, and a medical article without a source."""
        yield from super().faults()
        if self.medical and not self.sources:
            yield Fault(
                ("medical",),
                "medical-without-source",
                "the article makes health claims but names no source",
                "add  sources:  with title, publisher and url, or write  medical: false",
            )
