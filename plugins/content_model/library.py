"""Library: everything that was written, and what of it readers may see, in one stated order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.page import Layout, Page, Person
from plugins.content_model.registers import HelpContact, Registers, Topic
from plugins.content_model.story import PATHWAY_WORDS, ROLE_WORDS, Story

_E = TypeVar("_E", bound=Entry)

#: The ways in which readers may choose among stories: by what they are about, by the kind of help, by who tells them.
Way = Literal["topic", "pathway", "role"]


def newest_first(entries: Iterable[_E]) -> tuple[_E, ...]:
    """Return ``entries`` newest first, ties broken by permalink; entries without a date last.

    This is the one order of the site: lists, recent articles, feeds and neighbours all use it.
    """
    return tuple(sorted(entries, key=lambda entry: (-_ordinal(entry), entry.permalink)))


def _ordinal(entry: Entry) -> int:
    return entry.published.toordinal() if entry.published else 0


@dataclass(frozen=True)
class Library:
    """The content of one build.

    Attributes:
        entries: every entry that could be read, drafts too, in the order of their files.
        registers: topics, help contacts, glossary.
        as_of: the day of the build.
        unread: files that are there but hold a mistake that keeps them, or a part of them, from being read; what refers
            to such a file is not to be called wrong.
        drafts: True in a preview, where people at their desks see what readers do not see yet.
    """

    entries: tuple[Entry, ...] = ()
    registers: Registers = field(default_factory=Registers)
    as_of: dt.date = dt.date.min
    unread: frozenset[str] = frozenset()
    drafts: bool = False

    def may_hold_more(self, start: str) -> bool:
        """Tell whether a file whose path begins with ``start`` could not be read, so that what it holds is unknown."""
        return any(path.startswith(start) for path in self.unread)

    @cached_property
    def live(self) -> tuple[Entry, ...]:
        """The entries that readers may see, in the order of the site; with ``drafts`` those not published yet, too."""
        return newest_first(entry for entry in self.entries if self.shows(entry))

    def shows(self, entry: Entry) -> bool:
        """Tell whether the site of this build shows ``entry``."""
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
        """The live people by key, in the order of their names."""
        return {
            person.slug: person for person in sorted(self._live_of(Person), key=lambda p: (p.title.casefold(), p.slug))
        }

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """Every entry, drafts too, by its file."""
        return {entry.source.path: entry for entry in self.entries}

    @cached_property
    def commitments_by_id(self) -> Mapping[str, Commitment]:
        """The live commitments by permanent id."""
        return {commitment.id: commitment for commitment in self.commitments}

    @cached_property
    def readings(self) -> tuple[Article | Story, ...]:
        """What there is to read, articles and stories, in order."""
        return tuple(entry for entry in self.live if isinstance(entry, Article | Story))

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Entry, ...]]:
        """The live articles, stories and commitments of each topic of the register, in order."""
        carriers = (entry for entry in self.live if isinstance(entry, Article | Story | Commitment))
        return _grouped(carriers, self.topics, lambda entry: entry.topics)

    @cached_property
    def choices(self) -> Mapping[Way, Mapping[str, tuple[Story, ...]]]:
        """The live stories of each topic, pathway and narrator's role that has any, in order."""
        groups: dict[Way, dict[str, tuple[Story, ...]]] = {
            "topic": _grouped(self.stories, self.topics, lambda story: story.topics),
            "pathway": _grouped(self.stories, PATHWAY_WORDS, lambda story: (story.pathway,)),
            "role": _grouped(self.stories, ROLE_WORDS, lambda story: (story.narrator_role,)),
        }
        return {way: {key: stories for key, stories in group.items() if stories} for way, group in groups.items()}

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
    """Return ``entries`` by key, in the order of both; those of a key that is not among ``keys`` are left out."""
    found: dict[str, list[_E]] = {key: [] for key in keys}
    for entry in entries:
        for key in keys_of(entry):
            if key in found:
                found[key].append(entry)
    return {key: tuple(group) for key, group in found.items()}
