"""Create the items of feeds: one for each article and story, and one for each log entry of a commitment.

An item is the same in every feed and format. Its id is a ``tag:`` URI (RFC 4151) that contains only the id of the front
matter, so a changed title, address, date or text does not make it a new item for feed readers. An entry with
``feed_id`` keeps the id that its item had in the feeds of an earlier site.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.base.dates import date_long, newest_key, time_of
from plugins.base.fingerprint import FingerprintOnce, Lazy
from plugins.content_model import permalink
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment, LogEntry
from plugins.content_model.entry import Entry
from plugins.content_model.story import Story
from plugins.engine.settings import SiteSettings
from plugins.feeds.feed_html import plain
from plugins.feeds.item_html import ItemHtml
from plugins.feeds.tombstones import FeedTombstone
from plugins.views.excerpt import excerpt
from plugins.views.view_builder import ViewBuilder
from plugins.views.views import Link, Picture

WITHDRAWN_TITLE = "No longer available"
#: Six o'clock.
_LATEST_SECOND = 6 * 60 * 60
_SECTIONS = {kind.kind_name: kind.section for kind in (Article, Story, Commitment)}


class Author(Struct, frozen=True):
    """The author of an item; ``url`` is the absolute address of their page, or ""."""

    name: str
    url: str = ""


class Category(Struct, frozen=True):
    """A topic of an item: its key, its name, and the absolute address of the list of topics."""

    key: str
    name: str
    scheme: str


class Enclosure(Struct, frozen=True):
    """The picture of an item; ``url`` is absolute, ``length`` in bytes, ``width`` and ``height`` in pixels."""

    url: str
    length: int
    media_type: str
    width: int
    height: int


class FeedItem(FingerprintOnce, Struct, frozen=True):
    """An item of a feed.

    Attributes:
        id: permanent ``tag:`` URI, or ``feed_id`` of the entry.
        kind: ``article``, ``story`` or ``commitment``.
        title: plain text.
        url: absolute address of the page.
        published: the time of publication (see ``instant``).
        updated: the time of the last substantial change.
        summary: plain text, after the content note.
        text: the HTML, composed on first use.
        tie_breaker: orders items of the same day like the lists of the site: by a time that the author gave, then by
            address.
        author: or None.
        categories: the topics.
        image: or None.
        withdrawn_on: the day of the withdrawal, of an item without its title, summary and text; None for others.
    """

    id: str
    kind: str
    title: str
    url: str
    published: dt.datetime
    updated: dt.datetime
    summary: str
    text: Lazy[str]
    tie_breaker: tuple[int, str, int] = (0, "", 0)
    author: Author | None = None
    categories: tuple[Category, ...] = ()
    image: Enclosure | None = None
    withdrawn_on: dt.date | None = None

    @property
    def html(self) -> str:
        """The sanitised HTML, with absolute addresses."""
        return self.text.value

    @property
    def order(self) -> tuple[int, tuple[int, str, int]]:
        """Sort key: newest first, within a day like ``library.newest_first``, newer log entries first."""
        return (-self.published.toordinal(), self.tie_breaker)


def instant(day: dt.date, timezone: dt.tzinfo, key: str, number: int = 0) -> dt.datetime:
    """Return the time of an item of ``day``, with the UTC offset of that time.

    It is the time that the author gave. Otherwise it follows from ``key``, so that it never moves, and the times of two
    items of a day differ (the W3C validator's rule DuplicateUpdated). It is early, because readers doubt a time that
    has not come yet when they receive the item.

    Args:
        day: may have a time.
        timezone: of the site.
        key: the permanent id of the entry.
        number: of the log entry. Later ones of a day have later times.
    """
    time = time_of(day)
    if time is None:
        midnight = dt.datetime(day.year, day.month, day.day, tzinfo=timezone)
        seconds = int.from_bytes(sha256(key.encode()).digest()[:8]) % _LATEST_SECOND + number
        made = midnight + dt.timedelta(seconds=seconds)
    else:
        made = dt.datetime.combine(day, time, tzinfo=timezone)
    return made.replace(tzinfo=dt.timezone(made.utcoffset() or dt.timedelta()))


def tag(authority: str, name: str) -> str:
    """Return the ``tag:`` URI (RFC 4151) of ``name``."""
    return f"tag:{authority}:{name}"


class ItemBuilder:
    """Creates the items of one build.

    Args:
        viewer: gives the public fields of entries.
        html: composes the HTML and the summaries.
        site: gives absolute addresses.
        authority: tagging entity of the ids (RFC 4151).
    """

    def __init__(self, viewer: ViewBuilder, html: ItemHtml, site: SiteSettings, authority: str) -> None:
        self._viewer = viewer
        self._html = html
        self._site = site
        self._authority = authority
        self._timezone = ZoneInfo(site.timezone)

    def from_entry(self, entry: Entry) -> Iterator[FeedItem]:
        """Yield the items of ``entry``: none for a draft, or for a story whose narrator did not agree to feeds."""
        if self._viewer.pending_label(entry):
            return
        if isinstance(entry, Commitment):
            for number, log in enumerate(entry.log, start=1):
                yield self._log_item(entry, log, number)
        elif isinstance(entry, Article | Story) and entry.allows("feed"):
            yield self._item(entry)

    def from_tombstone(self, removed: FeedTombstone) -> Iterator[FeedItem]:
        """Yield the items of a removed entry: they have the same ids and none of its words."""
        tombstone = removed.stone
        sentence = f"This {tombstone.kind} {removed.reason} and is no longer on our site."
        names = [(tombstone.id, tombstone.published, 0)]
        if tombstone.kind == "commitment":
            days = tombstone.log or (tombstone.published,)
            names = [(_log_name(tombstone.id, number), day, -number) for number, day in enumerate(days, start=1)]
        for name, day, number in names:
            yield FeedItem(
                id=tombstone.feed_id or tag(self._authority, name),
                kind=tombstone.kind,
                title=WITHDRAWN_TITLE,
                # The address of the entry contains words of its title.
                url=self._site.absolute(permalink.index(_SECTIONS[tombstone.kind])),
                published=self._instant(day, tombstone.id, -number),
                updated=max(
                    self._instant(day, tombstone.id, -number),
                    self._instant(tombstone.withdrawn_on, tombstone.id, -number),
                ),
                summary=sentence,
                text=Lazy.of(f"<p>{sentence}</p>"),
                tie_breaker=(newest_key(day)[1], tombstone.address, number),
                withdrawn_on=tombstone.withdrawn_on,
            )

    def _instant(self, day: dt.date, key: str, number: int = 0) -> dt.datetime:
        return instant(day, self._timezone, key, number)

    def _item(self, entry: Article | Story) -> FeedItem:
        byline = self._viewer.byline(entry)
        published = entry.published or dt.date.min
        moment = self._instant(published, entry.id)
        return FeedItem(
            id=entry.feed_id or tag(self._authority, entry.id),
            kind=entry.kind_name,
            title=plain(entry.title),
            url=self._site.absolute(entry.permalink),
            published=moment,
            updated=max(moment, self._instant(entry.updated_on or published, entry.id)),
            summary=self._html.summary(entry),
            text=self._html.entry(entry),
            tie_breaker=(newest_key(published)[1], entry.permalink, 0),
            author=Author(plain(byline.name), self._site.absolute(byline.href)) if byline else None,
            categories=self._categories(entry),
            image=self._enclosure(self._viewer.picture(entry)),
        )

    def _log_item(self, commitment: Commitment, log: LogEntry, number: int) -> FeedItem:
        """Return the item of a log entry; ``number`` counts from 1 and never changes."""
        return FeedItem(
            id=tag(self._authority, _log_name(commitment.id, number)),
            kind=commitment.kind_name,
            title=plain(f"{commitment.title}: what we did, {date_long(log.on)}"),
            url=self._site.absolute(f"{commitment.permalink}#log-{number}"),
            published=self._instant(log.on, commitment.id, number),
            updated=self._instant(log.on, commitment.id, number),
            summary=self._html.with_notes(commitment, excerpt(None, log.did)),
            text=Lazy.of(self._html.log(commitment, log)),
            tie_breaker=(0, commitment.permalink, -number),
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
