"""Pages: which pages the site has, from the library alone. Each is a template and the inputs it declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from plugins.content_model import permalink
from plugins.content_model.article import Article
from plugins.content_model.build import Aside, Build, FeedLink
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.outputs import Owner
from plugins.content_model.page import Layout, Person
from plugins.content_model.story import Story
from plugins.content_model.viewing import Viewer
from plugins.content_model.views import Card, EntryView, Link, StoryView
from plugins.rendering.gone import gone_pages
from plugins.rendering.inputs import HOME, Meta, SiteInputs, feed_groups, pagination
from plugins.rendering.page_spec import SETTINGS_OWNER, PageSpec, owner_of
from plugins.rendering.settings import RenderingSettings

_T = TypeVar("_T")

#: Name and description of each list, and the address of the page that gathers what is in it.
_LISTS = {
    "articles": ("Articles", "Guides, opinion and news, newest first."),
    "stories": ("Stories", "What recovery is like, in the words of those who live it and those close to them."),
    "commitments": ("Commitments", "What we promise, who answers for it, and how it stands."),
    "topics": ("Topics", "Everything on the site by what it is about."),
    "people": ("People", "Who writes and answers for this site, by role."),
}
#: What a standing page is called while no entry has its layout.
_DEFAULTS: dict[Layout, tuple[str, str]] = {
    "help": ("Get help now", "/help/"),
    "subscribe": ("Follow in private", "/subscribe/"),
    "charter": ("Our community charter", "/charter/"),
    "not-found": ("We cannot find that page", f"/{permalink.NOT_FOUND_FILE}"),
}


class Pages:
    """Every page of one build."""

    def __init__(self, build: Build, settings: RenderingSettings) -> None:
        self._build = build
        self._settings = settings
        self._library = build.library
        self._viewer = Viewer(
            build.library,
            bodies=build.bodies,
            pictures=build.pictures,
            contacts=build.contacts,
        )
        self._help = self._standing_link("help")
        self._feeds_by_page: dict[str, list[FeedLink]] = {}
        for feed in build.feeds:
            self._feeds_by_page.setdefault(feed.page, []).append(feed)

    def specs(self) -> list[PageSpec]:
        """Return the pages, each address once unless two entries claim it."""
        return [
            self._home(),
            *self._entries(self._library.articles, "article.html"),
            *self._entries(self._library.stories, "story.html"),
            *self._entries(self._library.commitments, "commitment.html"),
            *self._standing(),
            *self._lists(),
            *gone_pages(self._library.registers),
        ]

    def site(self, addresses: frozenset[str]) -> SiteInputs:
        """Return what every page knows of the site; ``addresses`` are those that exist."""
        build = self._build
        return SiteInputs(
            name=build.site.name,
            tagline=build.site.tagline,
            language=build.site.language,
            navigation=tuple(link for link in self._settings.navigation if link.href in addresses),
            footer=tuple(link for link in self._settings.footer if link.href in addresses),
            help=self._help,
            contact=build.contacts.get(build.site.contact),
            stylesheet=build.stylesheet,
            icon="/icon.svg",
        )

    def _home(self) -> PageSpec:
        page = self._library.page("home")
        view = self._viewer.entry(page) if page else None
        # The home page is for searches: it shows nothing of a story that may not be found in one.
        stories = [story for story in self._library.stories if story.allows("search")][: self._settings.home_stories]
        commitments = self._library.commitments[: self._settings.home_commitments]
        title = view.title if view else self._build.site.name
        meta = Meta(
            title,
            view.summary if view else self._build.site.tagline,
            permalink.HOME,
            feeds=self._feeds(),
            image=view.image if view else None,
        )
        inputs: dict[str, object] = {
            "meta": meta,
            "page": view,
            "stories": tuple(map(self._viewer.card, stories)),
            "commitments": tuple(map(self._viewer.commitment, commitments)),
        }
        return PageSpec(permalink.HOME, "home.html", inputs, self._aside(permalink.HOME).recent, owner_of(page))

    def _entries(self, entries: Sequence[Article | Story | Commitment], template: str) -> Iterator[PageSpec]:
        for entry in entries:
            view: EntryView
            if isinstance(entry, Article):
                view = self._viewer.article(entry)
            elif isinstance(entry, Story):
                view = self._viewer.story(entry)
            else:
                view = self._viewer.commitment(entry)
            aside = self._aside(entry.permalink)
            newer, older = self._neighbours(entry, entries)
            label = _LISTS[entry.section][0]
            section = permalink.index(entry.section)
            meta = Meta(
                view.title,
                _description(view),
                entry.permalink,
                section,
                (HOME, Link(label, section)),
                self._feeds(),
                indexable=entry.allows("search"),
                social=entry.allows("social"),
                image=view.image,
                og_type="article",
            )
            inputs: dict[str, object] = {
                "meta": meta,
                entry.kind_name: view,
                "safety": self._viewer.safety(entry),
                "previous": older,
                "next": newer,
                "related": aside.related,
            }
            yield PageSpec(entry.permalink, template, inputs, aside.recent, owner_of(entry))

    def _neighbours(self, entry: Entry, entries: Sequence[Entry]) -> tuple[Card | None, Card | None]:
        """The cards of the entries before and after ``entry``; those that no search may find stand in lists only."""
        row = [other for other in entries if other is entry or other.allows("search")]
        place = row.index(entry)
        newer = self._viewer.card(row[place - 1]) if place else None
        older = self._viewer.card(row[place + 1]) if place + 1 < len(row) else None
        return newer, older

    def _standing(self) -> Iterator[PageSpec]:
        """The pages with a layout of their own exist even while nobody has written their text."""
        more: dict[Layout, dict[str, object]] = {
            "help": {"contacts": tuple(self._build.contacts.values())},
            "subscribe": {"groups": feed_groups(self._build.feeds)},
            "charter": {"commitments": tuple(map(self._viewer.commitment, self._library.commitments))},
            "not-found": {},
        }
        for layout, inputs in more.items():
            page = self._library.page(layout)
            view = self._viewer.entry(page) if page else None
            link = self._standing_link(layout)
            meta = Meta(
                link.label,
                view.summary if view else "",
                link.href,
                breadcrumbs=() if layout == "not-found" else (HOME,),
                feeds=self._feeds(link.href),
                indexable=layout != "not-found",
            )
            yield PageSpec(link.href, f"{layout}.html", {"meta": meta, "page": view, **inputs}, owner=owner_of(page))
        for page in self._library.pages:
            if page.layout == "page":
                view = self._viewer.entry(page)
                meta = Meta(
                    view.title, view.summary, page.permalink, page.permalink, (HOME,), self._feeds(), image=view.image
                )
                yield PageSpec(page.permalink, "page.html", {"meta": meta, "page": view}, owner=owner_of(page))

    def _lists(self) -> Iterator[PageSpec]:
        card = self._viewer.card
        library = self._library
        yield from self._list("articles", "articles.html", "cards", tuple(map(card, library.articles)))
        yield from self._list("stories", "stories.html", "cards", tuple(map(card, library.stories)))
        yield from self._list(
            "commitments",
            "commitments.html",
            "commitments",
            tuple(map(self._viewer.commitment, library.commitments)),
        )
        carried = [topic for topic in library.topics.values() if library.by_topic[topic.key]]
        views = [self._viewer.topic(topic) for topic in carried]
        yield PageSpec("/topics/", "topics.html", {"meta": self._list_meta("topics"), "topics": tuple(views)})
        for topic, view in zip(carried, views, strict=True):
            meta = Meta(
                view.name,
                view.summary,
                view.permalink,
                "/topics/",
                (HOME, _list_link("topics")),
                self._feeds(view.permalink),
            )
            cards = tuple(map(card, library.by_topic[topic.key]))
            yield from self._paginated(
                meta, "topic.html", "cards", cards, {"topic": view}, Owner("register/topics.yaml")
            )
        people = [self._viewer.person(person) for person in library.people.values()]
        yield PageSpec("/people/", "people.html", {"meta": self._list_meta("people"), "people": tuple(people)})
        for key, person in library.people.items():
            yield from self._person(person, tuple(map(card, library.by_person[key])))

    def _person(self, person: Person, cards: tuple[Card, ...]) -> Iterator[PageSpec]:
        view = self._viewer.person(person)
        meta = Meta(
            view.name,
            view.summary or view.role,
            view.permalink,
            "",
            (HOME, _list_link("people")),
            self._feeds(view.permalink),
            image=view.image,
        )
        yield from self._paginated(meta, "person.html", "cards", cards, {"person": view}, owner_of(person))

    def _list(self, section: str, template: str, name: str, items: Sequence[_T]) -> Iterator[PageSpec]:
        yield from self._paginated(self._list_meta(section), template, name, items, {}, SETTINGS_OWNER)

    def _list_meta(self, section: str) -> Meta:
        title, description = _LISTS[section]
        address = permalink.index(section)
        return Meta(title, description, address, address, (HOME,), self._feeds(address))

    def _paginated(
        self, first: Meta, template: str, name: str, items: Sequence[_T], more: dict[str, object], owner: Owner
    ) -> Iterator[PageSpec]:
        """The pages of one list; each after the first says which it is, so that no two pages share a title."""
        parts = permalink.pages_of(items, self._settings.page_size)
        section = first.permalink.strip("/")
        addresses = [permalink.index(section, number) for number in range(1, len(parts) + 1)]
        for number, part in enumerate(parts, start=1):
            # What a search may not find it may not find on a list either.
            meta = replace(first, indexable=all(item.searchable for item in part if isinstance(item, Card)))
            if number > 1:
                meta = replace(
                    meta,
                    title=f"{first.title}, page {number}",
                    description=f"{first.description} Page {number} of {len(parts)}.".strip(),
                    permalink=addresses[number - 1],
                    breadcrumbs=(*first.breadcrumbs, Link(first.title, first.permalink)),
                )
            inputs = {"meta": meta, name: tuple(part), "pagination": pagination(addresses, number), **more}
            yield PageSpec(addresses[number - 1], template, inputs, owner=owner)

    def _feeds(self, page: str = "") -> tuple[FeedLink, ...]:
        """The feeds of the whole site and, first, those of the page itself."""
        own = self._feeds_by_page.get(page, []) if page else []
        return (*own, *self._feeds_by_page.get("", []))

    def _standing_link(self, layout: Layout) -> Link:
        page = self._library.page(layout)
        return Link(page.title, page.permalink) if page else Link(*_DEFAULTS[layout])

    def _aside(self, address: str) -> Aside:
        return self._build.asides.get(address, Aside())


def _list_link(section: str) -> Link:
    return Link(_LISTS[section][0], permalink.index(section))


def _description(view: EntryView) -> str:
    """What searches and social networks show: they must not take a sample for somebody's own story."""
    made_up = isinstance(view, StoryView) and view.illustrative
    return f"A sample story, made up: {view.summary}" if made_up else view.summary
