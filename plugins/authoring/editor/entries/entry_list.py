"""List every entry with its state in words and who may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from plugins.base.dates import date_long
from plugins.base.files import Files
from plugins.content_model.entry import Entry
from plugins.content_model.entry_files import entry_files
from plugins.content_model.library import Library
from plugins.content_model.loader import KINDS, load
from plugins.content_model.story import Story
from plugins.engine.cache.memory import MemoryCache

#: The sections of the start page, in order, with their headings.
PARTS = {
    "broken": "To be mended",
    "draft": "Drafts",
    "scheduled": "Scheduled",
    "due": "Due for review",
    "published": "Published",
    "ended": "No longer shown",
}


class EntryCard(Struct, frozen=True):
    """One entry on the start page.

    Attributes:
        path: its file, relative to the content folder.
        title: its title, or its folder if it cannot be read.
        kind: the name of its kind.
        part: a key of ``PARTS``.
        state: its state in words.
        seen_by: who may see it.
        day: sort key.
        unsaved: True if somebody has an unsaved version.
    """

    path: str
    title: str
    kind: str
    part: str
    state: str
    seen_by: str
    day: dt.date
    unsaved: bool = False


class EntryList:
    """The entries of one content folder. Each call reads the files again.

    Args:
        content: the content folder.
        documents: the extensions of files that readers may download.
        today: returns the current day.
    """

    def __init__(self, content: Path, documents: Mapping[str, str], today: Callable[[], dt.date]) -> None:
        self.content = content
        self.today = today
        self._documents = documents
        self._cache = MemoryCache()

    def library(self) -> Library:
        """Return the entries that can be read."""
        return self._load(Files(self.content))

    def _load(self, files: Files) -> Library:
        library, _ = load(files, as_of=self.today(), drafts=True, documents=dict(self._documents), cache=self._cache)
        self._cache.forget()
        return library

    def cards(self, unsaved: frozenset[str] = frozenset()) -> list[EntryCard]:
        """Return all entries, including unreadable ones. ``unsaved`` are the paths with an unsaved version."""
        files = Files(self.content)
        library = self._load(files)
        known, _ = entry_files(files, KINDS, self._documents)
        cards = []
        for path, kind in known:
            entry = library.by_path.get(path)
            is_unsaved = path in unsaved
            if entry is None:
                title = path.split("/")[-2] if "/" in path[path.index("/") + 1 :] else path
                words = ("It holds a mistake that keeps it from being read", "Nobody, until that is mended")
                cards.append(EntryCard(path, title, kind.kind_name, "broken", *words, dt.date.max, is_unsaved))
            else:
                cards.append(_card(entry, library.as_of, unsaved=is_unsaved))
        return sorted(cards, key=lambda card: (-card.day.toordinal(), card.title.casefold()))


def _card(entry: Entry, today: dt.date, *, unsaved: bool) -> EntryCard:
    part, state, seen_by = _state(entry, today)
    day = entry.updated_on or dt.date.min
    return EntryCard(entry.source.path, entry.title, entry.kind_name, part, state, seen_by, day, unsaved)


def _state(entry: Entry, today: dt.date) -> tuple[str, str, str]:
    if entry.status == "draft":
        return "draft", "Draft", "Only people who work on the site"
    if entry.expires is not None and entry.expires <= today:
        return "ended", f"Shown until {date_long(entry.expires)}", "Nobody"
    if isinstance(entry, Story) and not entry.is_live(today) and not entry.is_pending(today):
        return "ended", "The consent does not hold", "Nobody"
    if entry.published is not None and entry.published > today:
        return "scheduled", f"Appears on {date_long(entry.published)}", "Only people who work on the site, until then"
    if entry.is_overdue(today) and entry.review_due is not None:
        return "due", f"To be checked since {date_long(entry.review_due)}", "Everyone"
    since = f"Published on {date_long(entry.published)}" if entry.published else "Published"
    return "published", since, "Everyone"
