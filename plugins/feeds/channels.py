"""Channels: which feeds the site has, what each is called, and which items it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model import permalink
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Person
from plugins.content_model.registers import Tombstone, Topic
from plugins.engine.settings import SiteSettings
from plugins.feeds.feed_html import plain
from plugins.feeds.items import FeedItem, Items
from plugins.feeds.withdrawn import WithdrawnItem

#: Folder of the feeds.
FOLDER = "/feeds/"


@dataclass(frozen=True)
class Channel(FingerprintOnce):
    """One feed, whatever its format.

    Attributes:
        name: for example ``all`` or ``topics/families``; its address is made of it and never changes.
        title: with the site's name.
        label: without it.
        description: one or two sentences.
        page: permalink of the page that shows what the feed carries.
        announced: permalink of the page that announces the feed; "" for every page.
        group: the heading under which lists of feeds show it.
        items: everything that it ever carried, newest first.
    """

    name: str
    title: str
    label: str
    description: str
    page: str
    announced: str
    group: str
    items: tuple[FeedItem, ...]

    def permalink(self, suffix: str, document: str = "") -> str:
        """Return the address of a document of the feed.

        Args:
            suffix: of the format, for example ``.rss.xml``.
            document: name of an archive; "" for the feed that people subscribe to.
        """
        return f"{FOLDER}{self.name}/{document}{suffix}" if document else f"{FOLDER}{self.name}{suffix}"


class Channels:
    """Makes the feeds of one build.

    Args:
        library: the content.
        items: makes items; None leaves the feeds empty, for who only asks what they are called.
        gone: what is left of entries that feeds carried.
        site: gives the site's name.
        subscribe: permalink of the page that explains feeds.
    """

    def __init__(
        self,
        library: Library,
        items: Items | None,
        site: SiteSettings,
        subscribe: str,
        gone: Iterable[WithdrawnItem] = (),
    ) -> None:
        self._library = library
        self._site_name = plain(site.name)
        self._subscribe = subscribe
        self._items: dict[str, tuple[FeedItem, ...]] = {}
        self._gone: list[tuple[Tombstone, tuple[FeedItem, ...]]] = []
        if items is not None:
            self._items = {entry.id: tuple(items.of((entry,))) for entry in library.live}
            self._gone = [(left.stone, tuple(items.gone(left))) for left in gone]

    def all(self) -> list[Channel]:
        """Return the feeds, in the order in which lists of feeds show them."""
        library = self._library
        articles, stories, commitments = library.articles, library.stories, library.commitments
        return [
            self._make(
                _Words("all", "Everything", "Everything new on the site.", "Everything"),
                _Place(permalink.HOME, announced=""),
                (*articles, *stories, *commitments),
                lambda _: True,
            ),
            self._make(
                _Words(
                    "without-stories",
                    "Everything but stories",
                    "Articles and commitments, without personal stories.",
                    "Everything",
                ),
                _Place(permalink.HOME, announced=self._subscribe),
                (*articles, *commitments),
                lambda stone: stone.kind != "story",
            ),
            self._section("article", _Words("articles", "Articles", "Guides, opinion and news.", "By kind"), articles),
            self._section(
                "story",
                _Words("stories", "Stories", "What recovery is like, in the words of those who live it.", "By kind"),
                stories,
            ),
            self._section(
                "commitment",
                _Words("commitments", "Commitments", "What we said that we would do, and what we did.", "By kind"),
                commitments,
            ),
            *(self._topic(topic) for topic in library.topics.values()),
            *(self._person(key, person) for key, person in library.people.items()),
        ]

    def _section(self, kind: str, words: _Words, entries: Iterable[Entry]) -> Channel:
        page = permalink.index(words.name)
        return self._make(words, _Place(page, page), entries, lambda stone: stone.kind == kind)

    def _topic(self, topic: Topic) -> Channel:
        entries = self._library.by_topic[topic.key]
        # A topic that nothing carries has no page yet.
        page = topic.permalink if entries else permalink.index("topics")
        return self._make(
            _Words(f"topics/{topic.key}", topic.name, topic.summary, "Topics"),
            _Place(page, page),
            entries,
            lambda stone: topic.key in stone.topics,
        )

    def _person(self, key: str, person: Person) -> Channel:
        return self._make(
            _Words(f"people/{key}", person.title, f"What {person.title} has written.", "People"),
            _Place(person.permalink, person.permalink),
            self._library.by_person[key],
            lambda stone: stone.author == key,
        )

    def _make(
        self, words: _Words, place: _Place, entries: Iterable[Entry], carried: Callable[[Tombstone], bool]
    ) -> Channel:
        items = [item for entry in entries for item in self._items.get(entry.id, ())]
        items += [item for stone, left in self._gone if carried(stone) for item in left]
        label = plain(words.label)
        return Channel(
            name=words.name,
            title=self._site_name if words.name == "all" else f"{self._site_name}: {label}",
            label=label,
            description=plain(words.description),
            page=place.page,
            announced=place.announced,
            group=words.group,
            items=tuple(sorted(items, key=lambda item: item.order)),
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """What a feed is called."""

    name: str
    label: str
    description: str
    group: str


@dataclass(frozen=True, slots=True)
class _Place:
    """The page that shows what a feed carries, and the page that announces it."""

    page: str
    announced: str
