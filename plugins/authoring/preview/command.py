"""``inv serve``: start the preview, and make the builder of its worker process."""

from __future__ import annotations

import contextlib
import importlib
import sys
import threading
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from plugins.authoring.preview.builder import Builder, DraftChecker
from plugins.authoring.preview.diagnostics import DiagnosticsReporter
from plugins.authoring.preview.drafted_files import ScannedFolder
from plugins.authoring.preview.messages import Diagnostics, ServeOptions
from plugins.authoring.preview.ports import LOOPBACK, BehindProxy, PortError, listen, listen_behind
from plugins.engine.build import Build
from plugins.engine.cache.memory import MemoryCache
from plugins.engine.settings import SettingsError, SiteSettings
from plugins.engine.site_builder import SiteBuilder
from plugins.engine.workspace import check_folder, project_settings, settings_file

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from plugins.authoring.preview.server import LiveServer

_ROOT = Path(__file__).resolve().parents[3]

#: See ``serve``.
Wrap = Callable[["ASGIApp", "LiveServer", str], tuple["ASGIApp", str]]


def serve_options(
    *, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = "",
    draft_checker: str = "",
) -> ServeOptions:  # fmt: skip
    """Return the options with absolute paths: those of ``inv build``, and ``draft_checker`` as in ``ServeOptions``."""
    allowed = tuple(name.strip() for name in allow_expired.split(",") if name.strip())
    return ServeOptions(
        str(Path(content).resolve()) if content else "",
        str(Path(output).resolve()) if output else "",
        as_of,
        production,
        allowed,
        draft_checker,
    )


def serve(
    *, port: int, options: ServeOptions, open_page: str = "", wrap: Wrap | None = None,
    proxy: BehindProxy | None = None,
) -> None:  # fmt: skip
    """Show the site as it is being written, until Ctrl-C.

    Args:
        port: a free one is used if this one is taken, and for 0.
        options: the options of the command.
        open_page: path of a page to open in the browser, such as ``/articles/``; none when "".
        wrap: returns an application around that of the preview and the path to open in place of ``open_page``; gets
            the application, the server and the origin.
        proxy: listen where a reverse proxy expects it, in place of ``port``; no browser is opened.

    Raises:
        SystemExit: when the port, a folder or a setting cannot be used.
    """
    # Imported here, because neither Pelican nor a build needs them.
    from plugins.authoring.preview.app import LOCAL  # noqa: PLC0415
    from plugins.authoring.preview.server import LiveServer  # noqa: PLC0415
    from plugins.authoring.preview.watcher import Folders  # noqa: PLC0415

    try:
        check_folder(options.content)
        settings = _settings(options)
        SiteSettings.from_pelican(settings)
        listening = listen_behind(proxy) if proxy else listen(port)
    except SettingsError as error:
        sys.exit(f"error: {error}")
    except PortError as error:
        sys.exit(f"error: {error.strerror}")
    taken = listening.getsockname()[1]
    folders = Folders(Path(settings["PATH"]).resolve(), Path(settings["THEME"]).resolve(), _ROOT)
    hosts = [urlsplit(proxy.origin).hostname or ""] if proxy else LOCAL
    server = LiveServer(options, folders, say, complain, hosts)
    origin = proxy.origin if proxy else f"http://{LOOPBACK}:{taken}"
    if wrap is not None:
        server.application, open_page = wrap(server.application, server, origin)

    def opened() -> None:
        if proxy is not None:
            say(f"The site is at {origin}/ , for whoever the proxy lets in. Ctrl-C ends.")
            return
        if port not in {0, taken}:
            say(f"Port {port} is taken by another program, so this is another one.")
        say(f"The site is at {origin}/  (only this computer can see it). Save, and it shows. Ctrl-C ends.")
        if open_page:
            # In a thread, because a browser in the terminal blocks its caller, and the preview must answer it.
            threading.Thread(target=webbrowser.open, args=(f"{origin}{open_page}",), daemon=True).start()

    say("Reading the site ...")
    with listening, contextlib.suppress(KeyboardInterrupt):
        server.run(listening, opened)
    say("\nEnded.")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def complain(line: str) -> None:
    """Print an error at once."""
    print(line, file=sys.stderr, flush=True)


def builder(options: ServeOptions, emit: Callable[[object], None]) -> Builder:
    """Return the builder of the site of ``options``, which sends its messages to ``emit``."""
    settings = _settings(options)
    cache = MemoryCache()
    site = SiteBuilder(settings)
    site.cache = cache

    folder = ScannedFolder(Path(settings["PATH"]))

    def overlay(drafts: Mapping[str, bytes]) -> None:
        site.files = folder.files(drafts)

    reporter = DiagnosticsReporter(
        Path(settings["PATH"]),
        _ROOT,
        Path(settings["THEME"]),
        settings_file(production=options.production),
    )

    def diagnose(found: Build | Exception) -> Diagnostics:
        return reporter.exception(found) if isinstance(found, Exception) else reporter.build(found.problems)

    write = site.place if options.output else None
    return Builder(site.plan, diagnose, cache, emit, write, overlay, *_draft_checker(options.draft_checker))


def _draft_checker(name: str) -> tuple[DraftChecker, ...]:
    """Return the function ``name``, in a tuple that is empty for ""."""
    module, _, function = name.partition(":")
    return (getattr(importlib.import_module(module), function),) if name else ()


def _settings(options: ServeOptions) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if options.content:
        changed["PATH"] = options.content
    if options.output:
        changed["OUTPUT_PATH"] = options.output
    if options.as_of:
        changed["AS_OF"] = options.as_of
    if options.allowed:
        changed["HELP_EXPIRED_ALLOWED"] = list(options.allowed)
    # A folder may be copied elsewhere, so it never holds drafts.
    changed["DRAFTS"] = not options.production and not options.output
    return project_settings(changed, production=options.production)
