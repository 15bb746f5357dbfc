"""Registers: the lists that entries refer to by key. Each lives in one YAML file of ``content/register/``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from plugins.content_model import permalink
from plugins.content_model.entry import Fault, Group
from plugins.content_model.fields import Alias, AsList, Day, Flag, Identifier, Slug, Summary, Text, WebAddress
from plugins.content_model.positions import Positions
from plugins.content_model.problem import Position

Nation = Literal["england", "scotland", "wales", "northern-ireland"]

NATION_WORDS: dict[Nation, str] = {
    "england": "England",
    "scotland": "Scotland",
    "wales": "Wales",
    "northern-ireland": "Northern Ireland",
}


class Topic(Group):
    """A topic. ``safety`` is a text that must stand wherever an entry carries the topic."""

    key: Slug
    name: Text
    summary: Summary
    safety: Text | None = None

    @property
    def permalink(self) -> str:
        """The address of the topic's page."""
        return permalink.topic(self.key)


#: The ids of the two contacts that pages for a crisis name in one line: 999, and 111.
EMERGENCY = "emergency"
URGENT = "nhs-111"


class TextService(Group):
    """A helpline reached by text message: the number, and the word to send where one is asked for."""

    number: Text
    word: Text | None = None


class HelpContact(Group):
    """A help contact: the one place where a phone number may be typed.

    Attributes:
        number: as dialled in the United Kingdom; spaces do not matter.
        shows_on_bill: whether a call is listed on the phone bill.
        crisis: True for a line meant for a crisis; it must be verified every 90 days, others every 180.
        verified_on: the day a person last dialled it and confirmed it; absent until that has been done.
        expires: the day from which it needs verifying again; worked out from ``verified_on`` when absent.
    """

    id: Slug
    name: Text
    who_for: Text
    number: Text | None = None
    text: TextService | None = None
    url: WebAddress | None = None
    email: Text | None = None
    ask_for: Text | None = None
    hours: Text
    nations: Annotated[tuple[Nation, ...], AsList]
    cost: Text
    shows_on_bill: Literal["yes", "no", "unknown"] = "unknown"
    crisis: Flag = False
    source: Text
    source_url: WebAddress | None = None
    verified_on: Day | None = None
    expires: Day | None = None

    @property
    def expires_on(self) -> dt.date | None:
        """The day from which the contact needs verifying again; None while nobody has verified it."""
        if self.expires is not None or self.verified_on is None:
            return self.expires
        return self._longest(self.verified_on)

    def _longest(self, verified_on: dt.date) -> dt.date:
        return verified_on + dt.timedelta(days=90 if self.crisis else 180)

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the fields together."""
        if self.expires is not None and self.verified_on is None:
            yield Fault(
                ("expires",),
                "expires-without-verified",
                f"`{self.id}` has a day on which its verification ends, but none on which it was verified",
                "add  verified_on:  once a person has verified it, or delete the line",
            )
        if self.expires is not None and self.verified_on is not None and self.expires > self._longest(self.verified_on):
            yield Fault(
                ("expires",),
                "expires-too-late",
                f"`{self.id}` must be verified again by {self._longest(self.verified_on)}",
                "delete the line: the day is worked out from  verified_on",
            )
        if not (self.number or self.text or self.url or self.email):
            yield Fault(
                ("id",),
                "contact-without-way",
                f"`{self.id}` gives no way to reach anyone",
                "add  number:,  text:,  url:  or  email:",
            )


class Abbreviation(Group):
    """An abbreviation and the words it stands for."""

    term: Text
    meaning: Text


class Tombstone(Group):
    """What is left of an entry that was withdrawn: enough to say "no longer here" in every place where it was.

    Attributes:
        id: the permanent id of the entry; no entry may carry it again.
        kind: what it was.
        address: the permalink of its page.
        aliases: its older addresses.
        published: the day of its publication.
        withdrawn_on: the day of its withdrawal.
        author: key of its author, whose feed carried it.
        topics: keys of the topics whose feeds carried it.
        log: the days of its record, when it was a commitment: feeds carried an item for each.
        in_feeds: False for a story whose narrator never agreed to feeds, which then need not say that it is gone.
        was_public: False for an entry that was never published: its address never existed, and need not say anything.
        file: the file that it was, relative to the content folder; links to it lose their address and keep their words.

    There is no reason here: why somebody takes their story back is theirs, and the register is kept for good.
    """

    id: Identifier
    kind: Literal["article", "story", "commitment"]
    address: Alias
    aliases: Annotated[tuple[Alias, ...], AsList] = ()
    published: Day
    withdrawn_on: Day
    author: Slug | None = None
    topics: Annotated[tuple[Slug, ...], AsList] = ()
    log: Annotated[tuple[Day, ...], AsList] = ()
    in_feeds: Flag = True
    was_public: Flag = True
    file: Text | None = None

    @property
    def public_addresses(self) -> tuple[str, ...]:
        """Where it was, the old addresses last; none for what was never public."""
        return (self.address, *self.aliases) if self.was_public else ()

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the fields together."""
        if self.withdrawn_on < self.published:
            yield Fault(
                ("withdrawn_on",),
                "dates-out-of-order",
                "the entry was withdrawn before it was published",
                "correct one of the two days",
            )


@dataclass(frozen=True)
class Registers:
    """The registers, by key, in the order of their files.

    Attributes:
        topics: by key.
        contacts: by id.
        glossary: meaning by term.
        withdrawn: tombstones by id.
        positions: of the parts of each item, by the register's file name and the item's key.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    contacts: Mapping[str, HelpContact] = field(default_factory=dict)
    glossary: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, Tombstone] = field(default_factory=dict)
    positions: Mapping[str, Mapping[str, Positions]] = field(default_factory=dict)

    def position(self, file: str, key: str, *way: str | int) -> Position:
        """Return the place in ``file`` of a value of the item ``key``, for example ``("text", "number")``."""
        return self.positions.get(file, {}).get(key, Positions()).of(way)
