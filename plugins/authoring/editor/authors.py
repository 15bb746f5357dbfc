"""Create the handlers of each author, with the author's own unsaved versions and name in commits."""

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
class AuthorHandlers:
    """The request handlers of one author.

    Attributes:
        pages: for GET requests.
        actions: for POST requests.
    """

    pages: EditorPages
    actions: Actions


class Authors:
    """The handlers of all authors of one content folder, created on first use.

    Args:
        cache: ``CACHE_PATH``.
        entries: the entries.
        team: what the authors share.
        tools: functions of other packages.
        site: details of the site.
        committing: lock for commits.
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
        self._known: dict[str, AuthorHandlers] = {}

    def of(self, author: str) -> AuthorHandlers:
        """Return the handlers of ``author``, or those of the only person on this machine for ""."""
        if author not in self._known:
            content = self._entries.content
            writing = Writing(self._entries, Autosave(self._cache, content, author), self._team.drafts.of(author))
            versions = Versions(content, author, self._committing)
            self._known[author] = AuthorHandlers(
                EditorPages(writing, versions, self._tools, self._site, self._team.publication),
                Actions(writing, versions, self._tools, self._team),
            )
        return self._known[author]
