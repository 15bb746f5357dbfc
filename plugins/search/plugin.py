"""The door of the search to the build."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from plugins.content_model import permalink
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Page
from plugins.content_model.registers import Topic
from plugins.content_model.story import Story
from plugins.engine.build import Build, bodies_ready
from plugins.engine.outputs import Claim, Owner
from plugins.search.a_to_z import gathered, letters
from plugins.search.index import SearchDocument, SearchIndex, index
from plugins.search.settings import SearchSettings
from plugins.views.search import LetterGroup, LetterLink, SearchView, SiteSearch
from plugins.views.views import Link

_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)
#: Pages that nobody looks for: everybody is one link away from home, and the other stands for addresses that are wrong.
_NOT_FOUND = ("home", "not-found")
_LISTS = ("articles", "stories", "commitments", "topics", "people")


class _Search:
    """The search of a build, worked out once, when the first of its files is wanted.

    Which pages there are depends on titles alone. They are known at once; the texts of pages may have to be fetched.
    """

    def __init__(self, build: Build, settings: SearchSettings) -> None:
        self._build = build
        self._settings = settings

    @cached_property
    def _documents(self) -> tuple[SearchDocument, ...]:
        return tuple(_documents(self._build))

    @cached_property
    def _index(self) -> SearchIndex:
        documents, limit, root = self._documents, self._settings.limit, self._build.site.root
        make = partial(index, documents, limit=limit, root=root)
        return self._build.cache.get_or_compute("search", (documents, limit, root), make)

    @cached_property
    def _list(self) -> tuple[LetterGroup, ...]:
        links = tuple(_links(self._build.library))
        return self._build.cache.get_or_compute("letters", links, partial(letters, links))

    @cached_property
    def _pages(self) -> tuple[LetterGroup, ...]:
        count = sum(len(group.links) for group in self._list)
        return gathered(self._list) if count > self._settings.list_limit else ()

    def letters(self) -> tuple[LetterGroup, ...]:
        """Return the letters that have pages of their own; none when one page holds the whole list."""
        return self._pages

    def view(self) -> SearchView:
        """Return what the search page needs."""
        made = self._index
        choices = tuple(
            LetterLink(group.letter, permalink.letter(group.key), len(group.links)) for group in self._pages
        )
        whole = () if choices else self._list
        return SearchView(made.main.permalink, whole, choices, in_one_file=not made.parts)

    def plan(self) -> None:
        """Plan the files of the index."""
        for file in (self._index.main, *self._index.parts):
            self._build.outputs.add(file.permalink.lstrip("/"), _OWNER, partial(bytes, file.data))


def plan(build: Build) -> None:
    """Give the build its search, and plan the files of the index: only the search page waits for them."""
    settings = SearchSettings.from_pelican(build.settings)
    search = _Search(build, settings)
    build.listings.search = SiteSearch(search.view, search.letters, settings.list_limit)
    build.plan.deferred.append(search.plan)


def _documents(build: Build) -> Iterator[SearchDocument]:
    """Every page that readers may find, with what is searched of it."""
    viewer = build.viewer
    for link in _lists():
        yield SearchDocument(link.label, link.href, "List")
    for entry in _entries(build.library):
        body = viewer.body(entry)
        topics = tuple(link.label for link in viewer.topics(entry))
        summary = viewer.summary(entry)
        yield SearchDocument(entry.title, entry.permalink, _kind(entry), topics, summary, body.lazy_headings)
    for topic in _topics(build.library):
        yield SearchDocument(topic.name, topic.permalink, "Topic", (), topic.summary)


def _links(library: Library) -> Iterator[Link]:
    """The same pages by their titles alone."""
    yield from _lists()
    yield from (Link(entry.title, entry.permalink) for entry in _entries(library))
    yield from (Link(topic.name, topic.permalink) for topic in _topics(library))


def _lists() -> Iterator[Link]:
    return (Link(section.capitalize(), permalink.index(section)) for section in _LISTS)


def _entries(library: Library) -> Iterator[Entry]:
    """The entries that readers may find: one that is not live, or that no search may find, is none."""
    return (entry for entry in library.live if _may_be_found(entry))


def _topics(library: Library) -> Iterator[Topic]:
    return (topic for topic in library.topics.values() if library.by_topic[topic.key])


def _kind(entry: Entry) -> str:
    """What a result says it is: nobody may take a sample for somebody's own story."""
    if isinstance(entry, Story) and entry.illustrative:
        return "Sample story, made up"
    return entry.kind_name.capitalize()


def _may_be_found(entry: Entry) -> bool:
    if isinstance(entry, Page):
        return entry.layout not in _NOT_FOUND
    return entry.allows("search")


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan)
