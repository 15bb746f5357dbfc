"""Start the editor beside the preview: ``inv write``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from starlette.types import ASGIApp

from plugins.authoring.editor import starter
from plugins.authoring.editor.actions import Actions
from plugins.authoring.editor.app import app
from plugins.authoring.editor.autosave import Autosave
from plugins.authoring.editor.entry_list import EntryList
from plugins.authoring.editor.guard import Guard
from plugins.authoring.editor.pages import EditorPages, SiteDetails
from plugins.authoring.editor.tools import DraftFindings, Tools
from plugins.authoring.editor.versions import Versions
from plugins.authoring.editor.writing import Writing
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import Workspace, workspace

BUNDLE = Path(__file__).parent / "static" / "bundle.js"


class DraftPreview(Protocol):
    """The live preview, as far as the editor needs it."""

    def try_out(self, drafts: Mapping[str, bytes]) -> Awaitable[DraftFindings]:
        """Show the site with ``drafts``, by path, in place of files; return what is wrong with them."""


#: Puts an application around the preview; given that, the server and the origin, returns it and an address to open.
Wrap = Callable[[ASGIApp, Any, str], tuple[ASGIApp, str]]


class Serve(Protocol):
    """Runs the preview until Ctrl-C."""

    def __call__(self, *, wrap: Wrap) -> None:
        """Run it with an application around it."""


def write(tools: Tools, serve: Serve, *, content: str = "", as_of: str = "") -> None:
    """Show the editor in the person's browser, until Ctrl-C.

    Args:
        tools: what the rest of the project does.
        serve: runs the preview with an application around it.
        content: the content folder; the settings' own when "".
        as_of: the day, ``2026-11-22``; today when "".

    Raises:
        SystemExit: when a folder, a port or a setting cannot be used.
    """
    try:
        at = workspace(content, as_of=as_of)
    except SettingsError as error:
        sys.exit(f"error: {error}")

    def wrap(preview: ASGIApp, server: DraftPreview, origin: str) -> tuple[ASGIApp, str]:
        guard = guarded(at, tools, preview, server, origin)
        print(f"To write, open  {origin}{guard.address}", flush=True)
        return guard, guard.address

    serve(wrap=wrap)


def make_starter() -> None:
    """Make a file that opens the editor at a double click, and say where it is."""
    print(f"Made: {starter.make()}\nA double click on it opens the editor. A link to it may lie on the desktop.")


def forget(*, content: str = "") -> None:
    """Delete unsaved versions of entries that are no longer there: nothing may keep the words of what was withdrawn."""
    at = workspace(content)
    kept = Autosave(at.cache, at.content)
    for unsaved in list(kept.all()):
        if not (at.content / unsaved.path).exists():
            kept.forget(unsaved.path)


def guarded(at: Workspace, tools: Tools, preview: ASGIApp, server: DraftPreview, origin: str) -> Guard:
    """Return the editor of the content of ``at``, in front of ``preview``, for the one browser at ``origin``."""
    # It may run past midnight.
    given = at.settings.get("AS_OF")
    today = (lambda: at.site.as_of) if given else (lambda: dt.datetime.now(ZoneInfo(at.site.timezone)).date())
    entries = EntryList(at.content, dict(at.site.documents), today)
    writing = Writing(entries, Autosave(at.cache, at.content), server.try_out)
    versions = Versions(at.content)
    tokens = Path(at.settings["THEME"]) / "styles" / "base" / "tokens.css"
    site = SiteDetails(at.site.name, at.site.href, BUNDLE.is_file(), tokens)
    return Guard(app(EditorPages(writing, versions, tools, site), Actions(writing, versions, tools), preview), origin)
