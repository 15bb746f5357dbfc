"""Items: what the feeds carry, one for each entry, and one for each entry of a commitment's record.

An item is the same in every feed and format. Its id is a ``tag:`` URI (RFC 4151) made of the front matter's id alone,
so that a new title, address, date or text never makes it new to a reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.base.dates import date_long
from plugins.base.fingerprint import FingerprintOnce, Lazy
from plugins.content_model import permalink
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment, LogEntry
from plugins.content_model.entry import Entry
from plugins.content_model.story import Story
from plugins.engine.settings import SiteSettings
from plugins.feeds.feed_html import plain
from plugins.feeds.item_html import Content
from plugins.feeds.withdrawn import WithdrawnItem
from plugins.views.excerpt import excerpt
from plugins.views.view_builder import Viewer
from plugins.views.views import Link, Picture

WITHDRAWN_TITLE = "No longer available"
_SECTIONS = {kind.kind_name: kind.section for kind in (Article, Story, Commitment)}


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an item; ``url`` is the whole address of their page, or ""."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A topic of an item: its key, its name, and the whole address of the list that it belongs to."""

    key: str
    name: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The picture of an item; ``url`` is whole, ``length`` in bytes, ``width`` and ``height`` in pixels."""

    url: str
    length: int
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class FeedItem(FingerprintOnce):
    """One item.

    Attributes:
        id: permanent ``tag:`` URI.
        kind: ``article``, ``story`` or ``commitment``.
        title: plain text.
        url: whole address of the page.
        published: an instant: entries have days, so it is the midnight in UTC with which the day begins.
        updated: the same of the last change of substance.
        summary: plain text, the content note first.
        text: the whole text, made when a feed first needs it.
        place: orders items that share a day, as the site's lists do.
        author: or None.
        categories: the topics.
        image: or None.
        withdrawn_on: the day of the withdrawal; title, summary and text are taken out then. None for what still stands.
    """

    id: str
    kind: str
    title: str
    url: str
    published: dt.datetime
    updated: dt.datetime
    summary: str
    text: Lazy[str]
    place: tuple[str, int] = ("", 0)
    author: Author | None = None
    categories: tuple[Category, ...] = ()
    image: Enclosure | None = None
    withdrawn_on: dt.date | None = None

    @property
    def html(self) -> str:
        """The whole text, sanitised, with whole addresses."""
        return self.text.value

    @property
    def order(self) -> tuple[int, tuple[str, int]]:
        """Sorts items newest first; those of one day as ``library.in_order`` does, newer entries of a record first."""
        return (-self.published.toordinal(), self.place)


def instant(day: dt.date) -> dt.datetime:
    """Return the midnight in UTC with which ``day`` begins."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def tag(authority: str, name: str) -> str:
    """Return the ``tag:`` URI (RFC 4151) of ``name``."""
    return f"tag:{authority}:{name}"


class Items:
    """Makes the items of one build.

    Args:
        viewer: the public side of entries.
        content: composes the texts.
        site: gives whole addresses.
        authority: who mints the ids.
    """

    def __init__(self, viewer: Viewer, content: Content, site: SiteSettings, authority: str) -> None:
        self._viewer = viewer
        self._content = content
        self._site = site
        self._authority = authority

    def of(self, entries: Iterable[Entry]) -> Iterator[FeedItem]:
        """Yield the items of ``entries`` that are published; a story only if its narrator agreed to feeds."""
        for entry in entries:
            if self._viewer.mark(entry):
                continue
            if isinstance(entry, Commitment):
                for number, log in enumerate(entry.log, start=1):
                    yield self._log_item(entry, log, number)
            elif isinstance(entry, Article | Story) and entry.allows("feed"):
                yield self._item(entry)

    def gone(self, entry: WithdrawnItem) -> Iterator[FeedItem]:
        """Yield the items that are left of an entry that is gone: the same ids, and nothing of what they said."""
        tombstone = entry.stone
        sentence = f"This {tombstone.kind} {entry.why} and is no longer on our site."
        names = [(tombstone.id, tombstone.published, 0)]
        if tombstone.kind == "commitment":
            days = tombstone.log or (tombstone.published,)
            names = [(_log_name(tombstone.id, number), day, -number) for number, day in enumerate(days, start=1)]
        for name, day, number in names:
            yield FeedItem(
                id=tag(self._authority, name),
                kind=tombstone.kind,
                title=WITHDRAWN_TITLE,
                # The address holds words of the title, so the list that the entry stood in takes its place.
                url=self._site.absolute(permalink.index(_SECTIONS[tombstone.kind])),
                published=instant(day),
                updated=instant(tombstone.withdrawn_on),
                summary=sentence,
                text=Lazy.of(f"<p>{sentence}</p>"),
                place=(tombstone.address, number),
                withdrawn_on=tombstone.withdrawn_on,
            )

    def _item(self, entry: Article | Story) -> FeedItem:
        byline = self._viewer.byline(entry)
        published = entry.published or dt.date.min
        return FeedItem(
            id=tag(self._authority, entry.id),
            kind=entry.kind_name,
            title=plain(entry.title),
            url=self._site.absolute(entry.permalink),
            published=instant(published),
            updated=instant(entry.updated_on or published),
            summary=self._content.summary(entry),
            text=self._content.entry(entry),
            place=(entry.permalink, 0),
            author=Author(plain(byline.name), self._site.absolute(byline.href)) if byline else None,
            categories=self._categories(entry),
            image=self._enclosure(self._viewer.picture(entry)),
        )

    def _log_item(self, commitment: Commitment, log: LogEntry, number: int) -> FeedItem:
        """``number`` counts from 1; a record only grows at its end, so an entry keeps its number for good."""
        return FeedItem(
            id=tag(self._authority, _log_name(commitment.id, number)),
            kind=commitment.kind_name,
            title=plain(f"{commitment.title}: what we did, {date_long(log.on)}"),
            url=self._site.absolute(f"{commitment.permalink}#log-{number}"),
            published=instant(log.on),
            updated=instant(log.on),
            summary=self._content.with_notes(commitment, excerpt(None, log.did)),
            text=Lazy.of(self._content.log(commitment, log)),
            place=(commitment.permalink, -number),
            author=Author(plain(log.by_role)),
            categories=self._categories(commitment),
        )

    def _categories(self, entry: Entry) -> tuple[Category, ...]:
        scheme = self._site.absolute(permalink.index("topics"))
        return tuple(self._category(link, scheme) for link in self._viewer.topics(entry))

    def _category(self, link: Link, scheme: str) -> Category:
        return Category(link.href.strip("/").rpartition("/")[2], plain(link.label), scheme)

    def _enclosure(self, picture: Picture | None) -> Enclosure | None:
        if picture is None or not picture.length:
            return None
        return Enclosure(
            self._site.absolute(picture.src),
            picture.length,
            picture.media_type,
            picture.width,
            picture.height,
        )


def _log_name(commitment: str, number: int) -> str:
    return f"{commitment}/log/{number}"
