"""The base model of all entries: the common fields, their rules, and the source file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field

from plugins.base.positions import FieldPath
from plugins.content_model import permalink
from plugins.content_model.alias import Alias
from plugins.content_model.entry_source import EntrySource
from plugins.content_model.fields import (
    AsList,
    Day,
    File,
    Flag,
    Identifier,
    Moment,
    Reason,
    Slug,
    Summary,
    Text,
    WebAddress,
)

#: Where an entry may appear: on pages, in feeds, with its picture, in link previews of social networks, in searches
#: (of search engines and of the site), in texts that AI is trained on.
Scope = Literal["web", "feed", "image", "social", "search", "ai_training"]


class RuleViolation(Struct, frozen=True):
    """A broken rule about several fields. It becomes a ``Problem`` at the position of ``field``.

    Attributes:
        field: path to the value that the problem points to.
        name: as in ``Problem``.
        message: as in ``Problem``.
        hint: as in ``Problem``.
    """

    field: FieldPath
    name: str
    message: str
    hint: str


class StrictModel(BaseModel):
    """A frozen model that rejects unknown fields."""

    # defer_build saves start-up time: most builds validate few kinds of entries.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Update(StrictModel):
    """A change of substance: the day, and what changed, for readers."""

    on: Day
    """The day of the change."""
    what: Text
    """What changed, for readers."""


class Image(StrictModel):
    """The entry's picture."""

    file: File
    """The picture's file name. The file stands in the entry's own folder."""
    alt: Text | None = None
    """What the picture shows, in words, for people who do not see it."""
    credit: Text | None = None
    """Who made the picture."""
    decorative: Flag = False
    """Write true when the picture says nothing. Then leave out alt."""


class Reference(StrictModel):
    """A source of the text."""

    title: Text
    """What the source is called."""
    publisher: Text
    """Who published it."""
    url: WebAddress
    """Its web address."""
    accessed: Day | None = None
    """The day you read it."""


class Declined(StrictModel):
    """A topic whose safety text an entry leaves out, and why. Never published."""

    topic: Slug
    """A topic of this entry whose safety text is left out."""
    reason: Reason
    """Why it is left out. Only staff see this."""


class Entry(StrictModel):
    """An entry. Its fields are those of the front matter, but for ``source``, which the loader adds."""

    #: Name of the kind, and the first part of its addresses ("" for pages).
    kind_name: ClassVar[str] = "entry"
    section: ClassVar[str] = ""

    id: Identifier
    """A permanent code. The tool writes it once, and it never changes."""
    title: Text
    """The name that readers see."""
    slug: Slug
    """The last part of the web address, and the name of the folder."""
    summary: Summary | None = None
    """One or two sentences for lists, searches and feeds, of 160 characters at most."""
    status: Literal["draft", "published"] = "draft"
    """Who sees it: a draft stays with you, and a published entry is for everyone."""
    published: Moment | None = None
    """The day from which readers see it. It may lie ahead. Feeds show a time too, if you write one after the day."""
    updated: Annotated[tuple[Update, ...], AsList] = ()
    """Changes of substance after publication, oldest first."""
    topics: Annotated[tuple[Slug, ...], AsList] = ()
    """What it is about. The keys stand in the topic register."""
    image: Image | None = None
    """The picture at the top, and in lists."""
    content_notes: Annotated[tuple[Text, ...], AsList] = ()
    """Short notes on what a reader may find hard."""
    sources: Annotated[tuple[Reference, ...], AsList] = ()
    """Where the facts come from."""
    reviewed_on: Day | None = None
    """The day somebody last checked that it is still true."""
    review_due: Day | None = None
    """The day by which somebody should check it again."""
    aliases: Annotated[tuple[Alias, ...], AsList] = ()
    """Old addresses that should lead here."""
    exit_link: Flag = False
    """Write true to show a quick way out of the page."""
    expires: Day | None = None
    """The day from which the site no longer shows it."""
    safety_declined: Annotated[tuple[Declined, ...], AsList] = ()
    """Topics whose safety text this entry leaves out, each with a reason."""
    source: EntrySource = Field(exclude=True, repr=False)

    # Entries compare by identity: two files are two entries, and comparing all fields in a cache would be slow.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Return True if ``other`` is the same object."""
        return self is other

    @cached_property
    def permalink(self) -> str:
        """The address of the entry's page, root-relative."""
        return permalink.entry(self.section, self.slug)

    @property
    def updated_on(self) -> dt.date | None:
        """The day of the last update, or else of publication."""
        return self.updated[-1].on if self.updated else self.published

    def is_live(self, as_of: dt.date) -> bool:
        """Return True if the entry is published, not in the future and not expired on the day ``as_of``."""
        if self.status != "published":
            return False
        if self.published is not None and self.published > as_of:
            return False
        return self.expires is None or as_of < self.expires

    def is_pending(self, as_of: dt.date) -> bool:
        """Return True if the entry is a draft, or its day of publication is after ``as_of``.

        An expired entry is not pending: even a preview does not show it again.
        """
        ended = self.expires is not None and self.expires <= as_of
        return not ended and (self.status == "draft" or (self.published is not None and self.published > as_of))

    def is_overdue(self, as_of: dt.date) -> bool:
        """Return True if the next review was due before the day ``as_of``."""
        return self.review_due is not None and self.review_due < as_of

    def allows(self, scope: Scope) -> bool:
        """Return True if the entry may appear in ``scope``. Every output of entries checks this.

        Training of AI is never allowed unless somebody agreed to it, which only the narrator of a story can.
        """
        return scope != "ai_training"

    def violations(self) -> Iterator[RuleViolation]:
        """Yield the rules about several fields that the entry breaks. Subclasses add their own."""
        if self.status == "published" and self.published is None and self.needs_date():
            yield RuleViolation(
                ("status",), "missing-date", "the entry is published but has no date", "add  published: year-month-day"
            )
        for number, update in enumerate(self.updated):
            earliest = self.updated[number - 1].on if number else self.published
            if earliest is not None and update.on < earliest:
                yield RuleViolation(
                    ("updated", number, "on"),
                    "dates-out-of-order",
                    f"the update of {update.on} stands after {earliest}",
                    "list updates from the oldest to the newest, none before the entry was published",
                )
        if self.expires is not None and self.published is not None and self.expires <= self.published:
            yield RuleViolation(
                ("expires",), "dates-out-of-order", "the entry expires before it is published", "choose a later day"
            )
        if self.review_due is not None and self.reviewed_on is not None and self.review_due <= self.reviewed_on:
            yield RuleViolation(
                ("review_due",),
                "dates-out-of-order",
                "the next review is due before the last one was done",
                "choose a later day",
            )
        yield from self._image_faults()
        for number, topic in enumerate(self.topics):
            if topic in self.topics[:number]:
                yield RuleViolation(
                    ("topics", number), "duplicate-topic", f"the topic `{topic}` stands twice", "delete one"
                )
        for number, declined in enumerate(self.safety_declined):
            if declined.topic not in self.topics:
                yield RuleViolation(
                    ("safety_declined", number, "topic"),
                    "declined-topic-not-carried",
                    f"the safety text of `{declined.topic}` is declined, but the entry does not carry that topic",
                    "add the topic to  topics:  or delete the item, and  safety_declined:  too when it holds no other",
                )

    def _image_faults(self) -> Iterator[RuleViolation]:
        if self.image is None:
            return
        if self.image.alt is None and not self.image.decorative:
            yield RuleViolation(
                ("image",),
                "missing-alt",
                "the picture has no text for those who do not see it",
                "add  alt:  and say what the picture shows, or  decorative: true  if it says nothing",
            )
        if self.image.alt is not None and self.image.decorative:
            yield RuleViolation(
                ("image", "decorative"),
                "decorative-with-alt",
                "the picture is called decorative but has a text of its own",
                "delete one of  alt  and  decorative",
            )

    @classmethod
    def needs_date(cls) -> bool:
        """Return True if a published entry of this kind needs ``published``."""
        return True
