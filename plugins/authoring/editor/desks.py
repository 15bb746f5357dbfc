"""Give each author a desk: pages and actions with their own unsaved texts, and their name in commits."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from plugins.authoring.editor.actions import Actions, Team
from plugins.authoring.editor.autosave import Autosave
from plugins.authoring.editor.entry_list import EntryList
from plugins.authoring.editor.pages import EditorPages, SiteDetails
from plugins.authoring.editor.tools import Tools
from plugins.authoring.editor.versions import Versions
from plugins.authoring.editor.writing import Writing


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers the requests of one author.

    Attributes:
        pages: for GET.
        actions: for POST.
    """

    pages: EditorPages
    actions: Actions


class Desks:
    """The desks of all authors of one content folder.

    Args:
        cache: ``CACHE_PATH``.
        entries: the entries.
        team: what the authors share.
        tools: what the rest of the project does.
        site: what the pages say of the site.
        committing: held while something is committed.
    """

    def __init__(
        self, cache: Path, entries: EntryList, team: Team, tools: Tools, site: SiteDetails, committing: threading.Lock
    ) -> None:
        self._cache = cache
        self._entries = entries
        self._team = team
        self._tools = tools
        self._site = site
        self._committing = committing
        self._known: dict[str, Desk] = {}

    def of(self, author: str) -> Desk:
        """Return the desk of ``author``; "" where one person writes on this machine."""
        if author not in self._known:
            content = self._entries.content
            writing = Writing(self._entries, Autosave(self._cache, content, author), self._team.drafts.of(author))
            versions = Versions(content, author, self._committing)
            self._known[author] = Desk(
                EditorPages(writing, versions, self._tools, self._site, self._team.publication),
                Actions(writing, versions, self._tools, self._team),
            )
        return self._known[author]
