"""The models of the registers: lists in ``content/register/`` that entries refer to by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Struct, field

from plugins.base.positions import Positions
from plugins.base.problem import Position
from plugins.content_model import permalink
from plugins.content_model.entry import RuleViolation, StrictModel
from plugins.content_model.fields import (
    AsList,
    Day,
    Email,
    Flag,
    Reason,
    Slug,
    Summary,
    Text,
    WebAddress,
)
from plugins.content_model.search_registers import CrisisCard, Synonym
from plugins.content_model.tombstone import Tombstone

Nation = Literal["england", "scotland", "wales", "northern-ireland"]

NATION_WORDS: dict[Nation, str] = {
    "england": "England",
    "scotland": "Scotland",
    "wales": "Wales",
    "northern-ireland": "Northern Ireland",
}


class Topic(StrictModel):
    """A topic. ``safety`` is a text that every entry with the topic shows."""

    key: Slug
    """The short name that entries use."""
    name: Text
    """The name that readers see."""
    summary: Summary
    """One or two sentences about it."""
    safety: Text | None = None
    """A text that must stand wherever the topic does."""

    @property
    def permalink(self) -> str:
        """The address of the topic's page."""
        return permalink.topic(self.key)


#: Ids of the contacts for 999 and 111 (see ``crisis_line.py``).
EMERGENCY = "emergency"
URGENT = "nhs-111"


#: What ``hours`` says of a line that somebody answers at any time, in small letters.
ALWAYS_OPEN = frozenset(
    {
        "24 hours",
        "24 hours a day",
        "24 hours a day, every day",
        "24 hours a day, 7 days a week",
        "24/7",
        "day and night, every day",
    }
)


class TextService(StrictModel):
    """A helpline reached by text message: the number, and the word to send where one is asked for."""

    number: Text
    """The number that people text."""
    word: Text | None = None
    """The word to send, where one is asked for."""


class HelpContact(StrictModel):
    """A help contact: the one place where a phone number may be typed."""

    id: Slug
    """The short name that texts use."""
    name: Text
    """What the service is called."""
    who_for: Text
    """Who it is for."""
    number: Text | None = None
    """The number, as dialled in the United Kingdom. Spaces do not matter."""
    text: TextService | None = None
    """How to reach it by text message."""
    url: WebAddress | None = None
    """Its web address."""
    email: Email | None = None
    """Its e-mail address."""
    ask_for: Text | None = None
    """Whom to ask for."""
    hours: Text
    """When somebody answers."""
    nations: Annotated[tuple[Nation, ...], AsList]
    """Where it works."""
    cost: Text
    """What a call costs."""
    shows_on_bill: Literal["yes", "no", "unknown"] = "unknown"
    """Whether a call is listed on the phone bill."""
    crisis: Flag = False
    """Write true for a line that is meant for a crisis. A person checks it every 90 days, others every 180."""
    source: Text
    """Where these facts come from."""
    source_url: WebAddress | None = None
    """The web address of that source."""
    verified_on: Day | None = None
    """The day a person last called and confirmed it. Leave it out until then."""
    expires: Day | None = None
    """The day from which it needs checking again. It is worked out when left out."""

    @property
    def always_open(self) -> bool:
        """True if ``hours`` says that somebody answers at any time of any day."""
        return self.hours.casefold().rstrip(".") in ALWAYS_OPEN

    @property
    def expires_on(self) -> dt.date | None:
        """The day from which the contact needs verifying again, or None if it was never verified."""
        if self.expires is not None or self.verified_on is None:
            return self.expires
        return self._longest(self.verified_on)

    def _longest(self, verified_on: dt.date) -> dt.date:
        return verified_on + dt.timedelta(days=90 if self.crisis else 180)

    def violations(self) -> Iterator[RuleViolation]:
        """Yield what is wrong with the fields together."""
        if self.expires is not None and self.verified_on is None:
            yield RuleViolation(
                ("expires",),
                "expires-without-verified",
                f"`{self.id}` has a day on which its verification ends, but none on which it was verified",
                "add  verified_on:  once a person has verified it, or delete the line",
            )
        if self.expires is not None and self.verified_on is not None and self.expires > self._longest(self.verified_on):
            yield RuleViolation(
                ("expires",),
                "expires-too-late",
                f"`{self.id}` must be verified again by {self._longest(self.verified_on)}",
                "delete the line: the day is worked out from  verified_on",
            )
        if not (self.number or self.text or self.url or self.email):
            yield RuleViolation(
                ("id",),
                "contact-without-way",
                f"`{self.id}` gives no way to reach anyone",
                "add  number:,  url:,  email:  or  text:  with its own  number:",
            )


class Abbreviation(StrictModel):
    """An abbreviation and the words it stands for."""

    term: Text
    """The short form."""
    meaning: Text
    """The words that it stands for."""


class Term(StrictModel):
    """Words about people that should be avoided, and better ones.

    Attributes:
        id: name of the item.
        terms: the words, in the singular. A space also matches a hyphen.
        suggest: what to write instead.
        why: the reason, for staff.
        exempt: where they are allowed: in quotations, stories or names.
        not_before: words that change the meaning of the term when they follow it, as in "alcoholic *drink*".
        sources: the style guides that advise so.
        reviewed_on: the day of the last review of the item, because style guides disagree and change.
    """

    id: Slug
    terms: Annotated[tuple[Text, ...], AsList]
    suggest: Text
    why: Text
    exempt: Annotated[tuple[Literal["quote", "story", "name"], ...], AsList] = ()
    not_before: Annotated[tuple[Text, ...], AsList] = ()
    sources: Annotated[tuple[Text, ...], AsList]
    reviewed_on: Day

    def violations(self) -> Iterator[RuleViolation]:
        """Yield what is wrong with the fields together."""
        if not self.sources:
            yield RuleViolation(
                ("sources",), "term-without-source", f"nothing says who advises against `{self.id}`", "name the source"
            )


class Spelling(StrictModel):
    """A word that the spelling check accepts although no dictionary has it, and why."""

    word: Text
    reason: Reason


class Registers(Struct, frozen=True):
    """The registers, by key, in the order of their files.

    Attributes:
        topics: by key.
        contacts: by id.
        glossary: meaning by term.
        withdrawn: tombstones by id.
        language: words about people, by id.
        spelling: accepted words, as written.
        synonyms: words that readers type and what they mean, by id.
        crisis: cards of help that the search shows, by id, the most urgent first.
        positions: positions of the parts of each item, by the register's file name and the item's key.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    contacts: Mapping[str, HelpContact] = field(default_factory=dict)
    glossary: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, Tombstone] = field(default_factory=dict)
    language: Mapping[str, Term] = field(default_factory=dict)
    spelling: Mapping[str, Spelling] = field(default_factory=dict)
    synonyms: Mapping[str, Synonym] = field(default_factory=dict)
    crisis: Mapping[str, CrisisCard] = field(default_factory=dict)
    positions: Mapping[str, Mapping[str, Positions]] = field(default_factory=dict)

    def position(self, file: str, key: str, *way: str | int) -> Position:
        """Return the position in ``file`` of a value of the item ``key``, for example of ``("text", "number")``."""
        return self.positions.get(file, {}).get(key, Positions()).of(way)
