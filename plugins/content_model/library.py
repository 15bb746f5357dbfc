"""The library: all entries and registers, and those entries that readers may see, in the order of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, TypeVar

from msgspec import Struct, field

from plugins.base.dates import newest_key
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.page import Layout, Page, Person
from plugins.content_model.registers import HelpContact, Registers, Topic
from plugins.content_model.story import PATHWAY_WORDS, ROLE_WORDS, Story

_E = TypeVar("_E", bound=Entry)

#: The filters of the list of stories: topic, kind of help, role of the narrator.
Way = Literal["topic", "pathway", "role"]


def newest_first(entries: Iterable[_E]) -> tuple[_E, ...]:
    """Return ``entries`` newest first, then by permalink. Entries without a date come last.

    On one day, entries whose author gave a time come first.

    All lists, recent articles, feeds and links to neighbours use this order.
    """
    return tuple(sorted(entries, key=lambda entry: (*_moment(entry), entry.permalink)))


def _moment(entry: Entry) -> tuple[int, int]:
    return newest_key(entry.published) if entry.published else (0, 0)


class Library(Struct, frozen=True, dict=True):
    """The content of one build.

    Attributes:
        entries: all entries that could be read, including drafts, in the order of their files.
        registers: topics, help contacts, glossary and others.
        as_of: the day of the build.
        unread: files that could not be read, or only in part. A reference to what they contain is not reported.
        drafts: True in a preview that shows drafts and future entries.
    """

    entries: tuple[Entry, ...] = ()
    registers: Registers = field(default_factory=Registers)
    as_of: dt.date = dt.date.min
    unread: frozenset[str] = frozenset()
    drafts: bool = False

    def may_hold_more(self, start: str) -> bool:
        """Return True if a file whose path begins with ``start`` could not be read completely."""
        return any(path.startswith(start) for path in self.unread)

    @cached_property
    def live(self) -> tuple[Entry, ...]:
        """The entries that readers may see, newest first. With ``drafts`` also those not published yet."""
        return newest_first(entry for entry in self.entries if self.shows(entry))

    def shows(self, entry: Entry) -> bool:
        """Return True if the site of this build shows ``entry``."""
        return entry.is_live(self.as_of) or (self.drafts and entry.is_pending(self.as_of))

    def _live_of(self, kind: type[_E]) -> tuple[_E, ...]:
        return tuple(entry for entry in self.live if isinstance(entry, kind))

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The live articles, in order."""
        return self._live_of(Article)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """The live stories, in order."""
        return self._live_of(Story)

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """The live commitments, in order."""
        return self._live_of(Commitment)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The live pages, in order."""
        return self._live_of(Page)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """The live people by key, sorted by name."""
        return {
            person.slug: person for person in sorted(self._live_of(Person), key=lambda p: (p.title.casefold(), p.slug))
        }

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """All entries by file, including drafts."""
        return {entry.source.path: entry for entry in self.entries}

    @cached_property
    def commitments_by_id(self) -> Mapping[str, Commitment]:
        """The live commitments by permanent id."""
        return {commitment.id: commitment for commitment in self.commitments}

    @cached_property
    def readings(self) -> tuple[Article | Story, ...]:
        """The live articles and stories, in order."""
        return tuple(entry for entry in self.live if isinstance(entry, Article | Story))

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Entry, ...]]:
        """The live articles, stories and commitments of each topic of the register, in order."""
        carriers = (entry for entry in self.live if isinstance(entry, Article | Story | Commitment))
        return _grouped(carriers, self.topics, lambda entry: entry.topics)

    @cached_property
    def choices(self) -> Mapping[Way, Mapping[str, tuple[Story, ...]]]:
        """The live stories by topic, pathway and narrator's role, without empty groups."""
        groups: dict[Way, dict[str, tuple[Story, ...]]] = {
            "topic": _grouped(self.stories, self.topics, lambda story: story.topics),
            "pathway": _grouped(self.stories, PATHWAY_WORDS, lambda story: (story.pathway,)),
            "role": _grouped(self.stories, ROLE_WORDS, lambda story: (story.narrator_role,)),
        }
        return {name: {key: stories for key, stories in group.items() if stories} for name, group in groups.items()}

    @cached_property
    def by_person(self) -> Mapping[str, tuple[Article | Story, ...]]:
        """The live articles and stories of each live person, in order."""
        return _grouped(self.readings, self.people, lambda entry: (entry.author,))

    @property
    def topics(self) -> Mapping[str, Topic]:
        """The topics by key, in the order of the register."""
        return self.registers.topics

    @property
    def contacts(self) -> Mapping[str, HelpContact]:
        """The help contacts by id, in the order of the register."""
        return self.registers.contacts

    def page(self, layout: Layout) -> Page | None:
        """Return the live page of ``layout``, or None."""
        return next((page for page in self.pages if page.layout == layout), None)


def _grouped(
    entries: Iterable[_E], keys: Iterable[str], keys_of: Callable[[_E], Sequence[str]]
) -> dict[str, tuple[_E, ...]]:
    """Return ``entries`` by key, in the order of ``keys``. Entries with other keys are left out."""
    groups: dict[str, list[_E]] = {key: [] for key in keys}
    for entry in entries:
        for key in keys_of(entry):
            if key in groups:
                groups[key].append(entry)
    return {key: tuple(group) for key, group in groups.items()}
