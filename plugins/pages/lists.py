"""Build the paginated lists of entries by section, topic, person and filter of stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from plugins.content_model import permalink
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Person
from plugins.engine.outputs import Owner
from plugins.pages.pagination import list_pages
from plugins.pages.site_page import SETTINGS_OWNER, Feeds, PageContext, SitePage, owner_of
from plugins.pages.story_filters import choice_groups, heading
from plugins.pages.template_context import HOME, Meta
from plugins.views.charter import CharterView
from plugins.views.section_words import all_samples, articles_words, stories_words
from plugins.views.view_builder import ViewBuilder
from plugins.views.views import Card, CommitmentView, Link

_T = TypeVar("_T", bound=Card | CommitmentView)

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
        yield from self._section("articles", "cards", self._cards(library.articles), {})
        yield from self._stories()
        commitments = tuple(map(self._viewer.commitment, library.commitments))
        yield from self._section("commitments", "commitments", commitments, {"charter": self._charter})
        yield from self._topics()
        people = tuple(map(self._viewer.person, library.people.values()))
        everybody = PageContext(self._meta("people"), {"people": people})
        yield SitePage("/people/", "people.html", everybody, listed=[person.permalink for person in people])
        for key, person in library.people.items():
            yield from self._person(person, self._cards(library.by_person[key]))

    def _stories(self) -> Iterator[SitePage]:
        """Yield the list of all stories, and those by topic, kind of help and narrator's role."""
        library = self._library
        crisis = self._viewer.crisis_contacts()
        more: dict[str, object] = {"choices": choice_groups(library), "chosen": "", "safety": (), "crisis": crisis}
        more["samples"] = all_samples(library.stories)
        yield from self._paginated(self._meta("stories"), "stories.html", "cards", self._cards(library.stories), more)
        section = list_link("stories")
        for way, choices in library.choices.items():
            for key, stories in choices.items():
                title, description = heading(library, way, key)
                address = permalink.choice(way, key)
                meta = Meta(title, description, address, section.href, (HOME, section), self._feeds.of())
                topic = library.topics[key] if way == "topic" else None
                safety = (self._viewer.topic(topic),) if topic and topic.safety else ()
                chosen = {**more, "chosen": address, "safety": safety}
                yield from self._paginated(meta, "stories.html", "cards", self._cards(stories), chosen)

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
            cards = self._cards(library.by_topic[topic.key])
            more: dict[str, object] = {"topic": view, "crisis": crisis}
            yield from self._paginated(meta, "topic.html", "cards", cards, more, Owner("register/topics.yaml"))

    def _person(self, person: Person, cards: tuple[Card, ...]) -> Iterator[SitePage]:
        view = self._viewer.person(person)
        description = view.summary or view.role
        ancestors = (HOME, list_link("people"))
        feeds = self._feeds.of(view.permalink)
        meta = Meta(view.name, description, view.permalink, "", ancestors, feeds)
        yield from self._paginated(meta, "person.html", "cards", cards, {"person": view}, owner_of(person))

    def _section(self, section: str, name: str, items: Sequence[_T], more: dict[str, object]) -> Iterator[SitePage]:
        return self._paginated(self._meta(section), f"{section}.html", name, items, more)

    def _meta(self, section: str) -> Meta:
        title, description = _LISTS[section]
        if section == "articles":
            description = f"{articles_words(self._library.articles)}, newest first."
        elif section == "stories":
            description = stories_words(self._library.stories)
        address = permalink.index(section)
        return Meta(title, description, address, address, (HOME,), self._feeds.of(address))

    def _cards(self, entries: Sequence[Entry]) -> tuple[Card, ...]:
        return tuple(map(self._viewer.card, entries))

    def _paginated(
        self,
        first: Meta,
        template: str,
        name: str,
        items: Sequence[_T],
        more: dict[str, object],
        owner: Owner = SETTINGS_OWNER,
    ) -> Iterator[SitePage]:
        """Yield the pages of one list."""
        for page in list_pages(first, items, self._page_size):
            inputs = {name: tuple(page.items), "pagination": page.pagination, **more}
            shown = [item.href if isinstance(item, Card) else item.permalink for item in page.items]
            yield SitePage(page.meta.permalink, template, PageContext(page.meta, inputs), owner, listed=shown)
