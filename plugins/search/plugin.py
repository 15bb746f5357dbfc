"""The door of the search to the build."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from plugins.content_model import permalink
from plugins.content_model.build import Build, bodies_ready
from plugins.content_model.entry import Entry
from plugins.content_model.outputs import Claim, Owner
from plugins.content_model.page import Page
from plugins.content_model.search_view import SearchView
from plugins.content_model.story import Story
from plugins.search.index import Document, Index, index
from plugins.search.letters import letters
from plugins.search.settings import SearchSettings

_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)
#: Pages that nobody looks for: everybody is one link away from home, and the other stands for addresses that are wrong.
_NOT_FOUND = ("home", "not-found")
_LISTS = ("articles", "stories", "commitments", "topics", "people")


class _Search:
    """The search of a build, worked out once, when the first of its files is wanted."""

    def __init__(self, build: Build, settings: SearchSettings) -> None:
        self._build = build
        self._settings = settings

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        return tuple(_documents(self._build))

    @cached_property
    def _index(self) -> Index:
        documents, limit, root = self._documents, self._settings.limit, self._build.site.root
        make = partial(index, documents, limit=limit, root=root)
        return self._build.memo.recall("search", (documents, limit, root), make)

    def view(self) -> SearchView:
        """Return what the search page needs."""
        made = self._index
        return SearchView(made.main.permalink, letters(self._documents), in_one_file=not made.parts)

    def plan(self) -> None:
        """Plan the files of the index."""
        for file in (self._index.main, *self._index.parts):
            self._build.outputs.add(file.permalink.lstrip("/"), _OWNER, partial(bytes, file.data))


def plan(build: Build) -> None:
    """Give the build its search, and plan the files of the index: only the search page waits for them."""
    search = _Search(build, SearchSettings.from_pelican(build.settings))
    build.search = search.view
    build.later.append(search.plan)


def _documents(build: Build) -> Iterator[Document]:
    """Every page that readers may find: an entry that is not live, or that no search may find, is none."""
    library = build.library
    viewer = build.viewer
    for section in _LISTS:
        yield Document(section.capitalize(), permalink.index(section), "List")
    for entry in library.live:
        if _may_be_found(entry):
            body = viewer.body(entry)
            topics = tuple(link.label for link in viewer.topics(entry))
            summary = viewer.summary(entry)
            yield Document(entry.title, entry.permalink, _kind(entry), topics, summary, body.lazy_headings)
    for topic in library.topics.values():
        if library.by_topic[topic.key]:
            yield Document(topic.name, topic.permalink, "Topic", (), topic.summary)


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
