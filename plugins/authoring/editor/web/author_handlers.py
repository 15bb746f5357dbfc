"""Create the handlers of each author, with the author's own unsaved versions and name in commits."""

from __future__ import annotations

import threading
from pathlib import Path

from msgspec import Struct

from plugins.authoring.editor.entries.autosave import Autosave
from plugins.authoring.editor.entries.entry_editor import EntryEditor
from plugins.authoring.editor.entries.entry_list import EntryList
from plugins.authoring.editor.publication.git_versions import Versions
from plugins.authoring.editor.services import EditorServices
from plugins.authoring.editor.web.actions import Actions, Team
from plugins.authoring.editor.web.pages import EditorPages, SiteDetails


class AuthorHandlers(Struct, frozen=True):
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
        services: functions of other packages.
        site: details of the site.
        committing: lock for commits.
    """

    def __init__(
        self,
        cache: Path,
        entries: EntryList,
        team: Team,
        services: EditorServices,
        site: SiteDetails,
        committing: threading.Lock,
    ) -> None:
        self._cache = cache
        self._entries = entries
        self._team = team
        self._services = services
        self._site = site
        self._committing = committing
        self._known: dict[str, AuthorHandlers] = {}

    def of(self, author: str) -> AuthorHandlers:
        """Return the handlers of ``author``, or those of the only person on this machine for ""."""
        if author not in self._known:
            content = self._entries.content
            editor = EntryEditor(self._entries, Autosave(self._cache, content, author), self._team.drafts.of(author))
            versions = Versions(content, author, self._committing)
            self._known[author] = AuthorHandlers(
                EditorPages(editor, versions, self._services, self._site, self._team.publication),
                Actions(editor, versions, self._services, self._team),
            )
        return self._known[author]
