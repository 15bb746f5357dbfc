"""The model of ``withdrawn.yaml``: what is kept of an entry that was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from plugins.content_model import permalink
from plugins.content_model.alias import FormerAddress
from plugins.content_model.entry import RuleViolation, StrictModel
from plugins.content_model.fields import (
    AsList,
    Day,
    FeedId,
    Flag,
    Identifier,
    Moment,
    Slug,
    Text,
)


class TombstonePage(NamedTuple):
    """A page that says that an entry was withdrawn.

    Attributes:
        address: its address, as written in the register.
        file: its output file.
        way: the path of the address in the register's item.
    """

    address: str
    file: str
    way: tuple[str | int, ...]


class Tombstone(StrictModel):
    """The record of a withdrawn entry, from which pages and feeds say that it is no longer there.

    It contains no reason: that is private to the narrator, and the register is never deleted.

    Attributes:
        id: permanent id of the entry. No entry may have it again.
        kind: kind of the entry.
        address: permalink of its page.
        aliases: its older addresses.
        published: day of its publication, with the time if it had one, which feeds keep.
        withdrawn_on: day of its withdrawal.
        author: key of its author, whose feed contained it.
        topics: keys of the topics whose feeds contained it.
        feed_id: its id in feeds, where it had one of an earlier site.
        log: days of the log of a commitment. Feeds contained an item for each.
        in_feeds: False for a story that was in no feed, because its narrator did not agree.
        was_public: False for an entry that was never published and so had no address.
        file: its file, relative to the content folder. Links to it lose their address and keep their words.
    """

    id: Identifier
    kind: Literal["article", "story", "commitment"]
    address: FormerAddress
    aliases: Annotated[tuple[FormerAddress, ...], AsList] = ()
    published: Moment
    withdrawn_on: Day
    author: Slug | None = None
    topics: Annotated[tuple[Slug, ...], AsList] = ()
    feed_id: FeedId | None = None
    log: Annotated[tuple[Day, ...], AsList] = ()
    in_feeds: Flag = True
    was_public: Flag = True
    file: Text | None = None

    @property
    def pages(self) -> tuple[TombstonePage, ...]:
        """The pages at its addresses, one for each file, or none if it was never public."""
        ways: list[tuple[str | int, ...]] = [
            ("address",),
            *(("aliases", number) for number in range(len(self.aliases))),
        ]
        pages: dict[str, TombstonePage] = {}
        for address, way in zip((self.address, *self.aliases), ways, strict=True):
            if permalink.split_query(address)[1]:
                continue
            # `/blog/slug` and `/blog/slug/` are one page.
            page = TombstonePage(address, permalink.file(address), way)
            pages.setdefault(page.file, page)
        return tuple(pages.values()) if self.was_public else ()

    @property
    def queries(self) -> tuple[str, ...]:
        """The older addresses with a query, which have no page of their own."""
        return tuple(alias for alias in self.aliases if self.was_public and permalink.split_query(alias)[1])

    def violations(self) -> Iterator[RuleViolation]:
        """Yield what is wrong with the fields together."""
        if self.withdrawn_on < self.published:
            yield RuleViolation(
                ("withdrawn_on",),
                "dates-out-of-order",
                "the entry was withdrawn before it was published",
                "correct one of the two days",
            )
