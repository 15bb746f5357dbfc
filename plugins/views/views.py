"""The views: frozen records with the public fields of the content, for templates and feeds.

No view has a field for private values of a story (consent, approved text, safeguarding), so no template can print them.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from plugins.base.fingerprint import FingerprintOnce
from plugins.views.body import Body


class Link(FingerprintOnce, Struct, frozen=True):
    """A label and an address. ``href`` is a permalink: root-relative, without the site's path prefix."""

    label: str
    href: str


class Rendition(Struct, frozen=True):
    """One file of a picture: its address and its width in pixels."""

    src: str
    width: int


class PictureSource(Struct, frozen=True):
    """The files of a picture in one format, the narrowest first."""

    media_type: str
    renditions: tuple[Rendition, ...]


class Picture(FingerprintOnce, Struct, frozen=True):
    """A picture that is part of the site.

    Attributes:
        src: permalink of the file that all browsers and feed readers can show.
        width: in pixels.
        height: in pixels.
        alt: text alternative.
        credit: who made it, or "".
        length: size of the file in bytes.
        media_type: for example ``image/jpeg``.
        sources: all files of the picture by format, the best first. The last contains ``src``.
    """

    src: str
    width: int
    height: int
    alt: str
    credit: str = ""
    length: int = 0
    media_type: str = "image/jpeg"
    sources: tuple[PictureSource, ...] = ()


class Byline(FingerprintOnce, Struct, frozen=True):
    """The author of an entry."""

    name: str
    role: str
    href: str


class Card(FingerprintOnce, Struct, frozen=True):
    """An entry in a list. Lists depend on cards only, so a changed body does not rebuild them.

    Attributes:
        kind: ``article``, ``story`` or ``commitment``.
        title: plain text.
        href: permalink.
        summary: the entry's excerpt, plain text.
        published: the day of publication, or None.
        author: the author's name, or "".
        topics: links to the topics' pages.
        image: or None.
        content_notes: short phrases.
        illustrative: True for a story made up as a sample.
        progress: as in ``CommitmentView``, or "" for other kinds.
        progress_words: as in ``CommitmentView``, or "".
        review_overdue: True for a commitment whose review is late.
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


class Cards(tuple[Card, ...], FingerprintOnce):
    """A row of cards that many pages show."""

    __slots__ = ()


class UpdateView(Struct, frozen=True):
    """A change of substance: the day, and what changed."""

    on: dt.date
    what: str


class SourceView(Struct, frozen=True):
    """A source of an entry. ``accessed`` is the day it was read."""

    title: str
    publisher: str
    url: str
    accessed: dt.date | None


class Dates(Struct, frozen=True):
    """The public dates of an entry.

    Attributes:
        published: day of publication, or None.
        updated: changes of substance, oldest first.
        reviewed_on: day of the last review, or None.
        review_due: day of the next review, or None.
        review_overdue: True if that day has passed.
    """

    published: dt.date | None
    updated: tuple[UpdateView, ...]
    reviewed_on: dt.date | None
    review_due: dt.date | None
    review_overdue: bool


class ContactView(FingerprintOnce, Struct, frozen=True):
    """A help contact as shown to readers.

    Attributes:
        number: in groups, for example ``116 123``, or "".
        tel_href: ``tel:`` link, or "".
        text_words: for example ``Text SHOUT to 85258``, or "".
        sms_href: ``sms:`` link, or "".
        url: web address, or "".
        ask_for: whom to ask for, or "".
        nations: in words, for example ``England and Wales``, or "" for all four.
        shows_on_bill: ``yes``, ``no`` or ``unknown``.
        crisis: True for a line meant for a crisis.
        always_open: True if somebody answers at any time of any day.
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
    always_open: bool = False


class EntryView(Struct, frozen=True):
    """The fields that the pages of all entries show. ``exit_link`` is True for a page with a quick exit."""

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


class ArticleView(EntryView, frozen=True):
    """An article.

    Attributes:
        kind: ``guide``, ``opinion`` or ``news``.
        checked_by: the role of the person who checked it, or None.
    """

    kind: str
    medical: bool
    checked_by: str | None


class StoryView(EntryView, frozen=True):
    """A story. Role and pathway are labels for readers, for example ``a family member`` and ``day programme``."""

    narrator_name: str
    narrator_role: str
    pathway: str
    illustrative: bool


class LogEntryView(Struct, frozen=True):
    """One entry of a commitment's log.

    Attributes:
        evidence: what shows it, or "".
        wording_changed: True if this entry changed the wording of the promise.
        next_review: the day that this entry set for the next review, or None.
    """

    on: dt.date
    said: str
    did: str
    evidence: str
    by_role: str
    wording_changed: bool = False
    next_review: dt.date | None = None


class CommitmentView(EntryView, frozen=True):
    """A commitment.

    Attributes:
        progress: ``not-started``, ``limited``, ``substantial``, ``kept``, ``not-kept``, ``changed`` or ``retired``.
        progress_words: label of the progress for readers, for example ``Some progress``.
        progress_meaning: one sentence that explains the label.
        log: oldest first.
        redress: contact for a commitment that is not kept.
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


class PersonView(Struct, frozen=True):
    """A person who writes for the site, or a role. ``key`` is the name in the address."""

    key: str
    name: str
    role: str
    summary: str
    permalink: str
    image: Picture | None
    body: Body


class SafetyView(Struct, frozen=True):
    """The safety text of a topic."""

    safety: str


class TopicView(FingerprintOnce, Struct, frozen=True):
    """A topic. ``safety`` is its safety text, or "". ``count`` is the number of its entries."""

    key: str
    name: str
    summary: str
    permalink: str
    safety: str
    count: int
