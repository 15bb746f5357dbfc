"""Views: what templates see of the content.

A view holds public fields only: the private ones of a story (consent, approved text, safeguarding) have no place
here, so no template can print them. Views are frozen and hold plain values, so that a page is a function of what it
is given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plugins.base.fingerprint import FingerprintOnce
from plugins.views.body import Body


@dataclass(frozen=True, slots=True)
class Link(FingerprintOnce):
    """A label and the address it leads to; ``href`` is a permalink (root-relative, without the site's path prefix)."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture: its address and its width in pixels."""

    src: str
    width: int


@dataclass(frozen=True, slots=True)
class PictureSource:
    """The files of a picture in one format, the narrowest first."""

    media_type: str
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class Picture(FingerprintOnce):
    """A picture that is part of the site.

    Attributes:
        src: root-relative address without the site's path prefix; of the file that every browser and feed reader shows.
        width: pixels.
        height: pixels.
        alt: what the picture shows, in words.
        credit: who made it, or "".
        length: bytes of the file.
        media_type: for example ``image/jpeg``.
        sources: all files of the picture by format, the best first; the last holds ``src``.
    """

    src: str
    width: int
    height: int
    alt: str
    credit: str = ""
    length: int = 0
    media_type: str = "image/jpeg"
    sources: tuple[PictureSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Byline(FingerprintOnce):
    """Who wrote an entry."""

    name: str
    role: str
    href: str


@dataclass(frozen=True, slots=True)
class Card(FingerprintOnce):
    """What a list shows of an entry: all that lists may depend on, so that a changed body leaves lists alone.

    Attributes:
        kind: ``article``, ``story`` or ``commitment``.
        title: plain text.
        href: permalink.
        summary: the entry's excerpt, plain text.
        published: the day, or None where an entry has none.
        author: the author's name, or "".
        topics: links to the topics' pages.
        image: or None.
        content_notes: short phrases.
        illustrative: True for a story made up as a sample.
        progress: a commitment's, as in ``CommitmentView``; "" for others.
        progress_words: the same for a reader.
        review_overdue: True for a commitment whose review is late.
        searchable: False where a narrator did not agree that searches find their story.
    """

    kind: str
    title: str
    href: str
    summary: str
    published: dt.date | None
    author: str = ""
    topics: tuple[Link, ...] = ()
    image: Picture | None = None
    content_notes: tuple[str, ...] = ()
    illustrative: bool = False
    progress: str = ""
    progress_words: str = ""
    review_overdue: bool = False
    searchable: bool = True


class Cards(tuple[Card, ...], FingerprintOnce):
    """A row of cards that stands on many pages."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class UpdateView:
    """A change of substance: when, and what changed."""

    on: dt.date
    what: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source that an entry rests on; ``accessed`` is the day it was read."""

    title: str
    publisher: str
    url: str
    accessed: dt.date | None


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that a reader may know of an entry.

    Attributes:
        published: or None.
        updated: changes of substance, oldest first.
        reviewed_on: the last review, or None.
        review_due: when the next is due, or None.
        review_overdue: True when that day has passed; shown publicly.
    """

    published: dt.date | None
    updated: tuple[UpdateView, ...]
    reviewed_on: dt.date | None
    review_due: dt.date | None
    review_overdue: bool


@dataclass(frozen=True, slots=True)
class ContactView(FingerprintOnce):
    """A help contact as shown to readers.

    Attributes:
        number: as a person reads it, for example ``116 123``; "" where there is none.
        tel_href: ``tel:`` link, or "".
        text_words: for example ``Text SHOUT to 85258``, or "".
        sms_href: ``sms:`` link, or "".
        url: web address, or "".
        email: or "".
        ask_for: whom to ask for, or "".
        nations: in words, for example ``England and Wales``; "" when all four.
        shows_on_bill: ``yes``, ``no`` or ``unknown``.
        crisis: True for a line meant for a crisis.
    """

    id: str
    name: str
    who_for: str
    number: str
    tel_href: str
    text_words: str
    sms_href: str
    url: str
    email: str
    ask_for: str
    hours: str
    nations: str
    cost: str
    shows_on_bill: str
    crisis: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """What every entry's page shows; the views of the types add to it.

    ``exit_link`` is True for a page that a reader may need to leave in a hurry.
    """

    title: str
    summary: str
    permalink: str
    topics: tuple[Link, ...]
    author: Byline | None
    image: Picture | None
    content_notes: tuple[str, ...]
    sources: tuple[SourceView, ...]
    dates: Dates
    exit_link: bool
    body: Body


@dataclass(frozen=True, slots=True)
class ArticleView(EntryView):
    """An article; ``kind`` is ``guide``, ``opinion`` or ``news``."""

    kind: str
    medical: bool


@dataclass(frozen=True, slots=True)
class StoryView(EntryView):
    """A story; roles and pathway are words for a reader, for example ``family member`` and ``day programme``."""

    narrator_name: str
    narrator_role: str
    pathway: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class LogEntryView:
    """One entry of a commitment's log.

    Attributes:
        evidence: "" where there is none.
        wording_changed: True when the promise read differently before this entry.
        next_review: the day that was set for the next review, or None.
    """

    on: dt.date
    said: str
    did: str
    evidence: str
    by_role: str
    wording_changed: bool = False
    next_review: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentView(EntryView):
    """A commitment.

    Attributes:
        progress: ``not-started``, ``limited``, ``substantial``, ``kept``, ``not-kept``, ``changed`` or ``retired``.
        progress_words: the same for a reader, for example ``Some progress``.
        progress_meaning: what these words say, in a sentence.
        log: oldest first.
        redress: whom to talk to when the commitment is not kept.
    """

    statement: str
    you_can_expect: str
    in_practice: tuple[str, ...]
    made_with: str
    owner_role: str
    measure: str
    progress: str
    progress_words: str
    progress_meaning: str
    log: tuple[LogEntryView, ...]
    redress: ContactView | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person, by role."""

    name: str
    role: str
    summary: str
    permalink: str
    image: Picture | None
    body: Body


@dataclass(frozen=True, slots=True)
class SafetyView:
    """What must be read before acting on an entry of a topic."""

    safety: str


@dataclass(frozen=True, slots=True)
class TopicView(FingerprintOnce):
    """A topic; ``safety`` is a text that must stand wherever the topic does, or ""; ``count`` entries carry it."""

    key: str
    name: str
    summary: str
    permalink: str
    safety: str
    count: int
