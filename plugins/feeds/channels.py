"""Define the feeds of the site: the name, the pages and the items of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model import permalink
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Person
from plugins.content_model.registers import Topic
from plugins.content_model.tombstone import Tombstone
from plugins.engine.settings import SiteSettings
from plugins.feeds.feed_html import plain
from plugins.feeds.items import FeedItem
from plugins.views.section_words import articles_words, stories_words

#: Folder of the feeds.
FOLDER = "/feeds/"
#: Name of the feed of everything.
WHOLE_SITE = "all"


class Channel(FingerprintOnce, Struct, frozen=True):
    """One feed, independent of format.

    Attributes:
        name: for example ``all`` or ``topics/families``; it is part of the address and never changes.
        title: the site's name and the label.
        label: the name that lists of feeds show.
        description: one or two sentences.
        page: permalink of the page that lists the same entries.
        announced: permalink of the page that announces the feed; "" for every page, None for none.
        group: the heading under which lists of feeds show it.
    """

    name: str
    title: str
    label: str
    description: str
    page: str
    announced: str | None
    group: str

    @property
    def is_archived(self) -> bool:
        """Whether archives contain the older items: only those of the whole site, because they contain every item."""
        return self.name == WHOLE_SITE

    def permalink(self, suffix: str, document: str = "") -> str:
        """Return the permalink of a document of the feed.

        Args:
            suffix: of the format, for example ``.rss.xml``.
            document: name of an archive; "" for the subscription document.
        """
        return f"{FOLDER}{self.name}/{document}{suffix}" if document else f"{FOLDER}{self.name}{suffix}"


class ChannelContent(Struct, frozen=True):
    """A feed and what it contains.

    Attributes:
        channel: the feed.
        entries: the entries that it contains.
        contained: whether it used to contain the entry of a tombstone.
    """

    channel: Channel
    entries: tuple[Entry, ...]
    contained: Callable[[Tombstone], bool]

    def items(
        self,
        of_entries: Mapping[str, Sequence[FeedItem]],
        of_tombstones: Iterable[tuple[Tombstone, Sequence[FeedItem]]],
    ) -> tuple[FeedItem, ...]:
        """Return every item that the feed has ever contained, newest first.

        Args:
            of_entries: the items of live entries, by the entry's id.
            of_tombstones: the items that stand for withdrawn entries.
        """
        items = [item for entry in self.entries for item in of_entries.get(entry.id, ())]
        items += [item for stone, withdrawn in of_tombstones if self.contained(stone) for item in withdrawn]
        return tuple(sorted(items, key=lambda item: item.order))


class ChannelBuilder:
    """Creates the feeds of one build.

    Args:
        library: the content.
        site: gives the site's name.
    """

    def __init__(self, library: Library, site: SiteSettings) -> None:
        self._library = library
        self._site_name = plain(site.name)

    def all(self) -> list[ChannelContent]:
        """Return the feeds in the order in which lists of feeds show them."""
        library = self._library
        articles, stories, commitments = library.articles, library.stories, library.commitments
        return [
            self._make(
                _ChannelText(WHOLE_SITE, "Everything", "Everything new on the site.", "Everything"),
                _ChannelPages(permalink.HOME, announced=""),
                (*articles, *stories, *commitments),
                lambda _: True,
            ),
            self._make(
                _ChannelText(
                    "without-stories",
                    "Everything but stories",
                    "Articles and commitments, without personal stories.",
                    "Everything",
                ),
                _ChannelPages(permalink.HOME),
                (*articles, *commitments),
                lambda stone: stone.kind != "story",
            ),
            self._section(
                "article", _ChannelText("articles", "Articles", f"{articles_words(articles)}.", "By kind"), articles
            ),
            self._section(
                "story",
                _ChannelText("stories", "Stories", stories_words(stories), "By kind"),
                stories,
            ),
            self._section(
                "commitment",
                _ChannelText(
                    "commitments", "Commitments", "What we said that we would do, and what we did.", "By kind"
                ),
                commitments,
            ),
            *(self._topic(topic) for topic in library.topics.values()),
            *(self._person(key, person) for key, person in library.people.items()),
        ]

    def _section(self, kind: str, text: _ChannelText, entries: Iterable[Entry]) -> ChannelContent:
        page = permalink.index(text.name)
        return self._make(text, _ChannelPages(page), entries, lambda stone: stone.kind == kind)

    def _topic(self, topic: Topic) -> ChannelContent:
        entries = self._library.by_topic[topic.key]
        # A topic without entries has no page.
        pages = _ChannelPages(topic.permalink, topic.permalink) if entries else _ChannelPages(permalink.index("topics"))
        return self._make(
            _ChannelText(f"topics/{topic.key}", topic.name, topic.summary, "Topics"),
            pages,
            entries,
            lambda stone: topic.key in stone.topics,
        )

    def _person(self, key: str, person: Person) -> ChannelContent:
        return self._make(
            _ChannelText(f"people/{key}", person.title, f"What {person.title} has written.", "People"),
            _ChannelPages(person.permalink, person.permalink),
            self._library.by_person[key],
            lambda stone: stone.author == key,
        )

    def _make(
        self, text: _ChannelText, pages: _ChannelPages, entries: Iterable[Entry], contained: Callable[[Tombstone], bool]
    ) -> ChannelContent:
        label = plain(text.label)
        channel = Channel(
            name=text.name,
            title=self._site_name if text.name == WHOLE_SITE else f"{self._site_name}: {label}",
            label=label,
            description=plain(text.description),
            page=pages.page,
            announced=pages.announced,
            group=text.group,
        )
        return ChannelContent(channel, tuple(entries), contained)


class _ChannelText(Struct, frozen=True):
    """The texts of a feed."""

    name: str
    label: str
    description: str
    group: str


class _ChannelPages(Struct, frozen=True):
    """The page that lists the entries of a feed, and the page that announces the feed."""

    page: str
    announced: str | None = None
