"""Build the paginated lists of entries by section, topic, person and filter of stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from plugins.content_model import permalink
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Person
from plugins.engine.outputs import Owner
from plugins.pages.pagination import ListPage, list_pages
from plugins.pages.site_page import SETTINGS_OWNER, Feeds, PageContext, SitePage, owner_of
from plugins.pages.story_filters import choice_groups, heading
from plugins.pages.template_context import HOME, Meta
from plugins.views.charter import CharterView
from plugins.views.section_words import all_samples, articles_words, stories_words
from plugins.views.view_builder import ViewBuilder
from plugins.views.views import Link

_E = TypeVar("_E", bound=Entry)

#: Name and description of each list, by section. "" for a description that depends on the entries.
_LISTS = {
    "articles": ("Articles", ""),
    "stories": ("Stories", ""),
    "commitments": ("Commitments", "What we promise, who answers for it, and how it stands."),
    "topics": ("Topics", "Choose what you would like to read about."),
    "people": ("People", "Who writes and answers for this site, by role."),
}


def list_link(section: str) -> Link:
    """Return the link to the list of ``section``, for example ``articles``."""
    return Link(_LISTS[section][0], permalink.index(section))


class Lists:
    """Builds the pages of all lists.

    Args:
        library: the content.
        viewer: makes views of it.
        feeds: the feeds that pages announce.
        page_size: cards on one page.
        charter: the summary of all commitments.
    """

    def __init__(
        self, library: Library, viewer: ViewBuilder, feeds: Feeds, page_size: int, charter: CharterView
    ) -> None:
        self._library = library
        self._viewer = viewer
        self._feeds = feeds
        self._page_size = page_size
        self._charter = charter

    def pages(self) -> Iterator[SitePage]:
        """Yield the pages of every list."""
        library = self._library
        yield from self._cards(self._meta("articles"), "articles.html", library.articles, {})
        yield from self._stories()
        yield from self._paginated(
            self._meta("commitments"), "commitments.html", library.commitments, self._commitments_context
        )
        yield from self._topics()
        people = tuple(map(self._viewer.person, library.people.values()))
        everybody = PageContext(self._meta("people"), {"people": people})
        yield SitePage("/people/", "people.html", everybody, listed=[person.permalink for person in people])
        for key, person in library.people.items():
            yield from self._person(person, library.by_person[key])

    def _commitments_context(self, page: ListPage[Commitment]) -> PageContext:
        commitments = tuple(map(self._viewer.commitment, page.items))
        inputs = {"commitments": commitments, "pagination": page.pagination, "charter": self._charter}
        return PageContext(page.meta, inputs)

    def _stories(self) -> Iterator[SitePage]:
        """Yield the list of all stories, and those by topic, kind of help and narrator's role."""
        library = self._library
        crisis = self._viewer.crisis_contacts()
        more: dict[str, object] = {"choices": choice_groups(library), "chosen": "", "safety": (), "crisis": crisis}
        more["samples"] = all_samples(library.stories)
        yield from self._cards(self._meta("stories"), "stories.html", library.stories, more)
        section = list_link("stories")
        for way, choices in library.choices.items():
            for key, stories in choices.items():
                title, description = heading(library, way, key)
                address = permalink.choice(way, key)
                meta = Meta(title, description, address, section.href, (HOME, section), self._feeds.of())
                topic = library.topics[key] if way == "topic" else None
                safety = (self._viewer.topic(topic),) if topic and topic.safety else ()
                chosen = {**more, "chosen": address, "safety": safety}
                yield from self._cards(meta, "stories.html", stories, chosen)

    def _topics(self) -> Iterator[SitePage]:
        library = self._library
        carried = [topic for topic in library.topics.values() if library.by_topic[topic.key]]
        views = tuple(map(self._viewer.topic, carried))
        yield SitePage("/topics/", "topics.html", PageContext(self._meta("topics"), {"topics": views}))
        section = list_link("topics")
        for topic, view in zip(carried, views, strict=True):
            feeds = self._feeds.of(view.permalink)
            meta = Meta(view.name, view.summary, view.permalink, section.href, (HOME, section), feeds)
            crisis = self._viewer.crisis_line(topic)
            more: dict[str, object] = {"topic": view, "crisis": crisis}
            entries, owner = library.by_topic[topic.key], Owner("register/topics.yaml")
            yield from self._cards(meta, "topic.html", entries, more, owner)

    def _person(self, person: Person, entries: Sequence[Entry]) -> Iterator[SitePage]:
        view = self._viewer.person(person)
        description = view.summary or view.role
        ancestors = (HOME, list_link("people"))
        feeds = self._feeds.of(view.permalink)
        meta = Meta(view.name, description, view.permalink, "", ancestors, feeds)
        yield from self._cards(meta, "person.html", entries, {"person": view}, owner_of(person))

    def _meta(self, section: str) -> Meta:
        title, description = _LISTS[section]
        if section == "articles":
            description = f"{articles_words(self._library.articles)}, newest first."
        elif section == "stories":
            description = stories_words(self._library.stories)
        address = permalink.index(section)
        return Meta(title, description, address, address, (HOME,), self._feeds.of(address))

    def _cards(
        self,
        first: Meta,
        template: str,
        entries: Sequence[Entry],
        more: Mapping[str, object],
        owner: Owner = SETTINGS_OWNER,
    ) -> Iterator[SitePage]:
        """Yield the pages of a list of cards. ``more`` are its inputs besides the cards and the pagination."""

        def context(page: ListPage[Entry]) -> PageContext:
            cards = tuple(map(self._viewer.card, page.items))
            return PageContext(page.meta, {"cards": cards, "pagination": page.pagination, **more})

        return self._paginated(first, template, entries, context, owner)

    def _paginated(
        self,
        first: Meta,
        template: str,
        entries: Sequence[_E],
        context: Callable[[ListPage[_E]], PageContext],
        owner: Owner = SETTINGS_OWNER,
    ) -> Iterator[SitePage]:
        """Yield the pages of one list. ``context`` is called when a page is rendered."""
        for page in list_pages(first, permalink.pages_of_newest(entries, self._page_size)):
            listed = [entry.permalink for entry in page.items]
            yield SitePage(page.permalink, template, partial(context, page), owner, listed=listed)
