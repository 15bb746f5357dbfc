"""Register the search with the build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from plugins.base.cache import Computation
from plugins.base.fingerprint import Lazy
from plugins.content_model import permalink
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.library import Library
from plugins.content_model.page import Page
from plugins.content_model.registers import Topic
from plugins.content_model.story import PATHWAY_WORDS, ROLE_WORDS, Story
from plugins.engine.build import Build, bodies_ready
from plugins.engine.outputs import Claim, Owner
from plugins.search.a_to_z import gathered, letters
from plugins.search.index import MOST_WHOLE, BestWords, SearchDocument, SearchIndex, best_words, index
from plugins.search.settings import SearchSettings
from plugins.search.tokenizer import Stems
from plugins.search.vocabulary import Vocabulary, offered, problems, vocabulary
from plugins.search.weights import Weighed, plain_text, weighed
from plugins.views.body import Heading
from plugins.views.search import HelpCard, LetterGroup, LetterLink, SearchView, SiteSearch
from plugins.views.views import ContactView, Link

_OWNER = Owner("pelicanconf.py", claim=Claim.SITE)
#: Layouts of pages that the search leaves out: the home page, to which every page links, and the 404 page.
_LEFT_OUT = ("home", "not-found")
_LISTS = ("articles", "stories", "commitments", "topics", "people")


class _Texts(Struct, frozen=True):
    """The searched texts of a page besides its title and topics.

    Attributes:
        summary: or "".
        headings: of its sections.
        html: its body.
        marked: texts with the weight of a heading.
        more: texts outside its body.
    """

    summary: str = ""
    headings: Lazy[tuple[Heading, ...]] = field(default_factory=lambda: Lazy.of(()))
    html: Lazy[str] = field(default_factory=lambda: Lazy.of(""))
    marked: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


class _Search:
    """The search of a build, computed once, when its first file is requested.

    The list from A to Z depends on titles alone, so it does not read the texts of pages.
    """

    def __init__(self, build: Build, settings: SearchSettings) -> None:
        self._build = build
        self._settings = settings

    @cached_property
    def _documents(self) -> tuple[SearchDocument, ...]:
        """The pages that can be found. The words of each are weighed again only if its text changes."""
        found = list(_documents(self._build))
        stems = Stems()
        jobs = [
            Computation((document.title, texts), partial(_weighed, stems, document.title, texts))
            for document, texts in found
        ]
        words = self._build.cache.get_or_compute_many("search words", {}, jobs)
        weighed = zip((document for document, _ in found), words, strict=True)
        if len(found) > MOST_WHOLE:
            return tuple(replace(document, best=best) for document, (_, best) in weighed)
        return tuple(replace(document, words=every, best=best) for document, (every, best) in weighed)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        registers = self._build.library.registers
        cards = tuple(registers.crisis.values())
        return vocabulary(registers.synonyms.values(), cards, self._build.assets.contacts)

    @cached_property
    def _index(self) -> SearchIndex:
        documents, said = self._documents, self._vocabulary
        limit, root = self._settings.limit, self._build.site.root
        make = partial(index, documents, said, lambda: self._best_words, limit=limit, root=root)
        return self._build.cache.get_or_compute("search", (documents, said, limit, root), make)

    @cached_property
    def _best_words(self) -> BestWords:
        pages, limit = tuple(document.best for document in self._documents), self._settings.limit
        return self._build.cache.get_or_compute("search parts", (pages, limit), partial(best_words, pages, limit))

    @property
    def _card(self) -> HelpCard | None:
        """The card that is shown where scripts do not run: the general one, or 999 and 111."""
        build = self._build
        for card in build.library.registers.crisis.values():
            if card.general:
                return HelpCard(
                    card.says, tuple(build.assets.contacts[key] for key in offered(card, build.assets.contacts))
                )
        contacts = build.viewer.crisis_contacts()
        return HelpCard("You can talk to someone now.", contacts) if contacts else None

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
        library = self._build.library
        return SearchView(
            index=made.main.permalink,
            letters=whole,
            choices=choices,
            in_one_file=not made.parts,
            card=self._card,
            contacts=tuple(self._build.assets.contacts.values()),
            topics=tuple(Link(topic.name, topic.permalink) for topic in _topics(library)),
        )

    def plan(self) -> None:
        """Plan the files of the index."""
        for file in (self._index.main, *self._index.parts):
            self._build.outputs.add(file.permalink.lstrip("/"), _OWNER, partial(bytes, file.data))


def plan(build: Build) -> None:
    """Add the search to the build, and plan the files of the index last, because only the search page needs them."""
    settings = SearchSettings.from_pelican(build.settings)
    search = _Search(build, settings)
    build.problems.extend(problems(build.library))
    build.listings.search = SiteSearch(search.view, search.letters, settings.list_limit)
    build.plan.deferred.append(search.plan)


def _documents(build: Build) -> Iterator[tuple[SearchDocument, _Texts]]:
    """Yield every page that readers may find, with its texts, and last the help contacts."""
    viewer = build.viewer
    for link in _lists():
        yield SearchDocument(link.label, link.href, "List"), _Texts()
    for entry in _entries(build.library):
        body = viewer.body(entry)
        topics = tuple(link.label for link in viewer.topics(entry))
        summary = viewer.summary(entry)
        texts = _Texts(summary, body.lazy_headings, body.lazy_html, (entry.kind_name,), _beside(entry))
        yield SearchDocument(entry.title, entry.permalink, _kind(entry), topics, summary), texts
    for topic in _topics(build.library):
        yield SearchDocument(topic.name, topic.permalink, "Topic", (), topic.summary), _Texts(topic.summary)
    help_page = permalink.index("help")
    for contact in build.assets.contacts.values():
        document = SearchDocument(
            contact.name, help_page, "Someone to turn to", (), contact.who_for, contact=contact.id
        )
        yield document, _Texts(contact.who_for, marked=_ways(contact), more=(contact.hours, contact.nations))


def _beside(entry: Entry) -> tuple[str, ...]:
    """Return the texts of ``entry`` that its page shows outside its body."""
    if isinstance(entry, Story):
        return (ROLE_WORDS[entry.narrator_role], PATHWAY_WORDS[entry.pathway])
    if not isinstance(entry, Commitment):
        return ()
    log = (text for item in entry.log for text in (item.said, item.did, item.evidence or ""))
    return (entry.statement, entry.you_can_expect, *entry.in_practice, entry.made_with, entry.measure, *log)


def _ways(contact: ContactView) -> tuple[str, ...]:
    """Return the texts by which readers find ``contact``: its number with and without spaces, and whom to ask for."""
    return (contact.number, contact.number.replace(" ", ""), contact.text_words, contact.ask_for)


def _weighed(stems: Stems, title: str, texts: _Texts, _: Mapping[str, Any]) -> tuple[Lazy[Weighed], Lazy[Weighed]]:
    headings = (texts.summary, *(heading.text for heading in texts.headings.value), *texts.marked)
    text = " ".join((plain_text(texts.html.value), *texts.more))
    every, best = weighed(title, headings, text, stems)
    return Lazy.of(every), Lazy.of(best)


def _links(library: Library) -> Iterator[Link]:
    """Yield links to the same pages."""
    yield from _lists()
    yield from (Link(entry.title, entry.permalink) for entry in _entries(library))
    yield from (Link(topic.name, topic.permalink) for topic in _topics(library))


def _lists() -> Iterator[Link]:
    return (Link(section.capitalize(), permalink.index(section)) for section in _LISTS)


def _entries(library: Library) -> Iterator[Entry]:
    """Return the live entries that the search may show."""
    return (entry for entry in library.live if _may_be_found(entry))


def _topics(library: Library) -> Iterator[Topic]:
    return (topic for topic in library.topics.values() if library.by_topic[topic.key])


def _kind(entry: Entry) -> str:
    """Return the kind that a result shows. A made-up story says so."""
    if isinstance(entry, Story) and entry.illustrative:
        return "Sample story, made up"
    return entry.kind_name.capitalize()


def _may_be_found(entry: Entry) -> bool:
    if isinstance(entry, Page):
        return entry.layout not in _LEFT_OUT
    return entry.allows("search")


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan)
