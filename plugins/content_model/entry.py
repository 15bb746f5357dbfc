"""Entry: what every kind of content has in common, and where it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from plugins.base.fingerprint import Lazy
from plugins.base.positions import FieldPath, Positions
from plugins.base.problem import Position
from plugins.content_model import permalink
from plugins.content_model.alias import Alias
from plugins.content_model.fields import AsList, Day, File, Flag, Identifier, Reason, Slug, Summary, Text, WebAddress

#: Where an entry may appear: pages, feeds, with its picture, in what social networks show of a link, in searches
#: (those of search engines and the site's own).
Scope = Literal["web", "feed", "image", "social", "search"]


@dataclass(frozen=True, slots=True)
class EntryText:
    """What stands in the file of an entry.

    Attributes:
        body: the Markdown after the front matter.
        positions: where each field stands.
        front_matter: the YAML as written; its first line is line 2 of the file.
    """

    body: str = ""
    positions: Positions = field(default_factory=Positions)
    front_matter: str = ""


@dataclass(frozen=True, slots=True)
class EntrySource:
    """Where an entry came from.

    Attributes:
        path: the file, relative to the content folder, with forward slashes.
        body_line: the file's line on which the body begins, from 1.
        digest: stands for the bytes of the file.
        written: what stands in the file.
    """

    path: str
    body_line: int = 1
    digest: bytes = b""
    written: Lazy[EntryText] = field(default_factory=lambda: Lazy.of(EntryText()))

    @property
    def body(self) -> str:
        """The Markdown after the front matter."""
        return self.written.value.body

    @property
    def positions(self) -> Positions:
        """Where each field stands."""
        return self.written.value.positions

    @property
    def front_matter(self) -> str:
        """The YAML as written; its first line is line 2 of the file."""
        return self.written.value.front_matter

    def position(self, *way: str | int) -> Position:
        """Return the place of a value of the front matter, for example ``("image", "file")``."""
        return self.positions.of(way)

    @property
    def text(self) -> tuple[str, bytes]:
        """What stands for all that an entry of one kind is made from: two of the same text are the same."""
        return (self.path, self.digest)


@dataclass(frozen=True, slots=True)
class RuleViolation:
    """A rule that several fields break together; it becomes a ``Problem`` at the place of ``field``.

    Attributes:
        field: the way to the value to blame.
        name: the problem's permanent name.
        message: what is wrong.
        hint: what to do.
    """

    field: FieldPath
    name: str
    message: str
    hint: str


class StrictModel(BaseModel):
    """A group of fields; unknown ones are refused and nothing changes after reading."""

    # What reads a model is made when it is first used: most builds read few kinds of entries.
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
    """A source that the text rests on."""

    title: Text
    """What the source is called."""
    publisher: Text
    """Who published it."""
    url: WebAddress
    """Its web address."""
    accessed: Day | None = None
    """The day you read it."""


class Declined(StrictModel):
    """A topic whose safety text is left out of an entry, and why; for staff, never shown."""

    topic: Slug
    """A topic of this entry whose safety text is left out."""
    reason: Reason
    """Why it is left out. Only staff see this."""


class Entry(StrictModel):
    """One piece of content. The fields are those of its front matter; ``source`` is added by the loader."""

    #: What the kind is called, and the first part of its addresses ("" for pages).
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
    published: Day | None = None
    """The day from which readers see it. It may lie ahead."""
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

    # Two files are two entries, whatever they hold. A memo looks entries up: comparing all their fields would be slow.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        """Tell whether ``other`` is this very entry."""
        return self is other

    @property
    def permalink(self) -> str:
        """The address of the entry's page, root-relative."""
        return permalink.entry(self.section, self.slug)

    @property
    def updated_on(self) -> dt.date | None:
        """The day of the last change of substance, or of publication."""
        return self.updated[-1].on if self.updated else self.published

    def is_live(self, as_of: dt.date) -> bool:
        """Tell whether readers may see the entry on the day ``as_of``: published, no longer future, not expired."""
        if self.status != "published":
            return False
        if self.published is not None and self.published > as_of:
            return False
        return self.expires is None or as_of < self.expires

    def is_pending(self, as_of: dt.date) -> bool:
        """Tell whether the entry is still to be published on the day ``as_of``: a draft, or one whose day has not come.

        What readers saw once, and may see no more, is not: it never comes back, in a preview either.
        """
        ended = self.expires is not None and self.expires <= as_of
        return not ended and (self.status == "draft" or (self.published is not None and self.published > as_of))

    def is_overdue(self, as_of: dt.date) -> bool:
        """Tell whether the day of the next review has passed on the day ``as_of``."""
        return self.review_due is not None and self.review_due < as_of

    def allows(self, scope: Scope) -> bool:  # noqa: ARG002 - only some kinds need anybody's leave
        """Tell whether the entry may appear in ``scope``. Whatever makes an output of entries asks this first."""
        return True

    def violations(self) -> Iterator[RuleViolation]:
        """Yield the rules that the fields break together; a kind adds its own."""
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
        """Tell whether a published entry of this kind must carry the day of its publication."""
        return True
