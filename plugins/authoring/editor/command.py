"""Start the editor beside the preview: ``inv write``."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from starlette.types import ASGIApp

from plugins.authoring.editor import starter
from plugins.authoring.editor.entries.autosave import FOLDER, Autosave
from plugins.authoring.editor.entries.drafts import Drafts
from plugins.authoring.editor.entries.entry_list import EntryList
from plugins.authoring.editor.publication.git_versions import Versions
from plugins.authoring.editor.publication.publish import Publication, delete_checkout
from plugins.authoring.editor.services import DraftFindings, EditorServices
from plugins.authoring.editor.settings import EditorSettings, listen_address
from plugins.authoring.editor.web.access_control import AccessControl
from plugins.authoring.editor.web.actions import Team
from plugins.authoring.editor.web.app import app
from plugins.authoring.editor.web.author_handlers import Authors
from plugins.authoring.editor.web.pages import SiteDetails
from plugins.authoring.editor.web.presence import Presence
from plugins.authoring.editor.web.proxy import Proxy
from plugins.authoring.preview.ports import BehindProxy
from plugins.base import private_files
from plugins.base.atomic_write import replace_bytes
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import Workspace, project_settings, workspace

#: A shorter one was cut off.
_SHORTEST_TOKEN = 32
BUNDLE = Path(__file__).parent / "static" / "bundle.js"


class DraftPreview(Protocol):
    """The part of the live preview that the editor uses."""

    def show_drafts(self, drafts: Mapping[str, bytes]) -> Awaitable[DraftFindings]:
        """Show the site with ``drafts``, by path, in place of files, and return their problems."""


#: Wraps the preview in an application. Called with the preview, its server and the origin. Returns the application and
#: the address to open.
Wrap = Callable[[ASGIApp, Any, str], tuple[ASGIApp, str]]


class Serve(Protocol):
    """Runs the preview until Ctrl-C."""

    def __call__(self, *, wrap: Wrap, proxy: BehindProxy | None = None) -> None:
        """Run it with an application around it, where ``proxy`` expects it."""


def write(services: EditorServices, serve: Serve, *, content: str = "", as_of: str = "", listen: str = "") -> None:
    """Run the editor for the browser of this machine, or behind a proxy, until Ctrl-C.

    Args:
        services: functions of other packages.
        serve: runs the preview with an application around it.
        content: the content folder; the settings' own when "".
        as_of: the day, ``2026-11-22``; today when "".
        listen: the address for the proxy, such as ``127.0.0.1:8100``, or "" for this machine only.

    Raises:
        SystemExit: when a folder, a port or a setting cannot be used.
    """
    try:
        at = workspace(content, as_of=as_of)
        settings = EditorSettings.from_pelican(at.settings)
        behind = _behind(listen, settings) if listen else None
        command = _publishing_command(settings, services)
    except SettingsError as error:
        sys.exit(f"error: {error}")

    services = replace(services, publish_command=command)

    def wrap(preview: ASGIApp, server: DraftPreview, origin: str) -> tuple[ASGIApp, str]:
        proxy = Proxy(settings.proxies, settings.author_header) if behind else None
        access = protected_app(at, services, preview, server, origin, proxy)
        print(f"To write, open  {origin}{access.address}", flush=True)
        return access, access.address

    serve(wrap=wrap, proxy=behind)


def _publishing_command(settings: EditorSettings, services: EditorServices) -> Sequence[str]:
    """Return the command that publishes, or an empty one if the editor does not publish.

    Raises:
        SettingsError: when no target is set.
    """
    if not settings.publishes:
        return ()
    if not project_settings(production=True).get("PUBLISH_TARGET"):
        raise SettingsError(
            "WRITE_PUBLISHES is True, and nobody has said where to; set PUBLISH_TARGET in publishconf.py"
        )
    return services.publish_command


def _behind(listen: str, settings: EditorSettings) -> BehindProxy:
    """Return the address to listen on for the proxy of ``settings``.

    Raises:
        SettingsError: when the address is invalid, or a setting is missing.
    """
    host, port = listen_address(listen)
    named = {
        "WRITE_URL": settings.origin, "WRITE_AUTHOR_HEADER": settings.author_header, "WRITE_PROXY": settings.proxies
    }  # fmt: skip
    lacking = [name for name, value in named.items() if not value]
    if lacking:
        raise SettingsError(
            f"--listen is for an editor behind a proxy that knows who asks: set {', '.join(lacking)} in "
            "pelicanconf.py, as docs/hosting/README.md says; without --listen, this computer alone can see the editor"
        )
    return BehindProxy(host, port, settings.origin)


def make_starter() -> None:
    """Write a file that opens the editor on a double click, and print its path."""
    print(f"Made: {starter.make()}\nA double click on it opens the editor. A link to it may lie on the desktop.")


def forget(*, content: str = "") -> None:
    """Delete unsaved versions of missing entries, because a withdrawn text must not remain anywhere."""
    at = workspace(content)
    delete_checkout(at.cache)
    kept = Autosave(at.cache, at.content)
    for unsaved in list(kept.of_everybody()):
        if not (at.content / unsaved.path).exists():
            kept.delete_of_everybody(unsaved.path)


def protected_app(
    at: Workspace,
    services: EditorServices,
    preview: ASGIApp,
    server: DraftPreview,
    origin: str,
    proxy: Proxy | None = None,
) -> AccessControl:
    """Return the editor of the content of ``at``, in front of ``preview``.

    Args:
        at: the project.
        services: functions of other packages.
        preview: the application of the preview.
        server: shows drafts in it.
        origin: the accepted origin.
        proxy: names the author of a request. None for one person on this machine.
    """
    # The editor may run past midnight.
    given = at.settings.get("AS_OF")
    today = (lambda: at.site.as_of) if given else (lambda: dt.datetime.now(ZoneInfo(at.site.timezone)).date())
    entries = EntryList(at.content, dict(at.site.documents), today)
    committing = threading.Lock()
    publishing = (
        Publication(Versions(at.content, lock=committing), at.cache, services.publish_command)
        if services.publish_command
        else None
    )
    team = Team(Drafts(server.show_drafts), Presence(), publishing)
    theme = Path(at.settings["THEME"])
    styles = (theme / "styles" / "base" / "tokens.css", theme / "components" / "picture" / "picture.css")
    site = SiteDetails(at.site.name, at.site.href, BUNDLE.is_file(), styles)
    editor = app(Authors(at.cache, entries, team, services, site, committing), preview)
    if proxy is None:
        return AccessControl(editor, origin)
    # Invitations stay valid after a restart.
    token = invitation(at.cache)
    session = hashlib.sha256(f"session {token}".encode()).hexdigest()
    return AccessControl(editor, origin, token=token, session=session, proxy=proxy)


def invitation(cache: Path) -> str:
    """Return the token of the invitation address. It is created once, in a private file."""
    file = cache / FOLDER / "invitation.txt"
    with contextlib.suppress(FileNotFoundError):
        held = file.read_text(encoding="ascii", errors="replace").strip()
        if len(held) >= _SHORTEST_TOKEN and private_files.is_writable_by_us_alone(file):
            return held
    private_files.make_folder(file.parent, cache)
    token = secrets.token_urlsafe(32)
    replace_bytes(file, token.encode(), is_private=True)
    return token
