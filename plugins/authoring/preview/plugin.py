"""The door of the preview to Pelican, and to people at a terminal: ``inv serve``."""

from __future__ import annotations

import contextlib
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plugins.authoring.preview.builder import Builder
from plugins.authoring.preview.diagnostics import Linter
from plugins.authoring.preview.memory_cache import Memory
from plugins.authoring.preview.messages import Diagnostics, ServeOptions
from plugins.authoring.preview.ports import LOOPBACK, PortError, listen
from plugins.engine.build import Build
from plugins.engine.plugin import check_folder, project_settings, settings_file
from plugins.engine.settings import SettingsError, SiteSettings

_ROOT = Path(__file__).resolve().parents[3]


def options(
    *, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = ""
) -> ServeOptions:
    """Return what was asked for; the arguments are those of ``inv build``."""
    allowed = tuple(name.strip() for name in allow_expired.split(",") if name.strip())
    return ServeOptions(
        str(Path(content).resolve()) if content else "",
        str(Path(output).resolve()) if output else "",
        as_of,
        production,
        allowed,
    )


def serve(*, port: int, asked: ServeOptions, look_at: str = "") -> None:
    """Show the site as it is being written, until Ctrl-C.

    Args:
        port: another that is free is taken when this one is not, and for 0.
        asked: what was asked for.
        look_at: the address of a page, from its first slash on, to open in the person's browser; none when "".

    Raises:
        SystemExit: when the port, a folder or a setting cannot be used.
    """
    # Here and not above: Pelican loads no part of this, and neither does a build.
    from plugins.authoring.preview.server import LiveServer  # noqa: PLC0415
    from plugins.authoring.preview.watcher import Folders  # noqa: PLC0415

    try:
        check_folder(asked.content)
        settings = _settings(asked)
        SiteSettings.from_pelican(settings)
        listening = listen(port)
    except SettingsError as error:
        sys.exit(f"error: {error}")
    except PortError as error:
        sys.exit(f"error: {error.strerror}")
    taken = listening.getsockname()[1]
    folders = Folders(Path(settings["PATH"]).resolve(), Path(settings["THEME"]).resolve(), _ROOT)
    desk = LiveServer(asked, folders, say, complain)

    def opened() -> None:
        if port not in {0, taken}:
            say(f"Port {port} is taken by another program, so this is another one.")
        say(
            f"The site is at http://{LOOPBACK}:{taken}/  (only this computer can see it). "
            "Save, and it shows. Ctrl-C ends."
        )
        if look_at:
            # Beside the preview, which has to answer the browser: one in a terminal keeps its caller until it ends.
            page = f"http://{LOOPBACK}:{taken}{look_at}"
            threading.Thread(target=webbrowser.open, args=(page,), daemon=True).start()

    say("Reading the site ...")
    with listening, contextlib.suppress(KeyboardInterrupt):
        desk.run(listening, opened)
    say("\nEnded.")


def say(line: str) -> None:
    """Show a line, at once."""
    print(line, flush=True)


def complain(line: str) -> None:
    """Show what is wrong, at once."""
    print(line, file=sys.stderr, flush=True)


def builder(options: ServeOptions, tell: Callable[[object], None]) -> Builder:
    """Return what builds the site of ``options`` again and again, and hands what comes of it to ``tell``."""
    settings = _settings(options)
    memory = Memory()
    site: Any = settings["PELICAN_CLASS"](settings)
    site.cache = memory
    judge = Linter(
        Path(settings["PATH"]),
        _ROOT,
        Path(settings["THEME"]),
        settings_file(production=options.production),
    )

    def judged(found: Build | Exception) -> Diagnostics:
        return judge.exception(found) if isinstance(found, Exception) else judge.build(found.problems)

    return Builder(site.plan, judged, memory, tell, site.place if options.output else None)


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
    # What is written to a folder may travel on: it holds nothing that is not published.
    changed["DRAFTS"] = not options.production and not options.output
    return project_settings(production=options.production, **changed)
