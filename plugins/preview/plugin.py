"""The door of the preview to Pelican: one build, as if typed at the command line, and then the server."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pelican

from plugins.preview.server import PortError, open_server

_ROOT = Path(__file__).resolve().parents[2]


def build(
    *, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = ""
) -> Path:
    """Build the site and return the folder that it is in.

    Args:
        content: the content folder; the settings' own when "".
        output: the output folder; the settings' own when "".
        as_of: the day of the build, ``2026-11-22``; today when "".
        production: takes the settings of ``publishconf.py``.
        allow_expired: ids of crisis contacts, with commas between them, that a release may show unverified.

    Raises:
        SystemExit: with status 1 when the build fails, after its reasons were shown; nothing is written then.
        KeyboardInterrupt: when it was stopped before it began; later, ``Stopped`` of ``content_model.failure``.
    """
    if content and not Path(content).is_dir():
        sys.exit(f"error: there is no folder {content}; --content must name the one that holds articles/ and so on")
    settings = _ROOT / ("publishconf.py" if production else "pelicanconf.py")
    arguments = ([content] if content else []) + ["-s", str(settings)]
    arguments += ["-o", output] if output else []
    allowed = [name.strip() for name in allow_expired.split(",") if name.strip()]
    changes = [f"AS_OF={json.dumps(as_of)}"] if as_of else []
    changes += [f"HELP_EXPIRED_ALLOWED={json.dumps(allowed)}"] if allowed else []
    arguments += ["-e", *changes] if changes else []
    built: list[Path] = []

    def remember(site: pelican.Pelican) -> None:
        built.append(Path(site.output_path))

    # Pelican ends quietly, with status 0, when it is interrupted: only this signal says that the site is there.
    with pelican.signals.finalized.connected_to(remember):
        pelican.main(arguments)
    if not built:
        raise KeyboardInterrupt
    return built[0]


def tell_how_to_look(
    *, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = ""
) -> None:
    """Print the command that shows the build of these options."""
    options = ["--content", content] if content else []
    options += ["--output", output] if output else []
    options += ["--as-of", as_of] if as_of else []
    options += ["--production"] if production else []
    options += ["--allow-expired", allow_expired] if allow_expired else []
    print(f"To look at it:  {shlex.join(['.venv/bin/inv', 'serve', *options])}")


def serve(folder: Path, *, port: int) -> None:
    """Show the site in ``folder`` until Ctrl-C.

    Args:
        folder: the built site.
        port: another that is free is taken when this one is not, and for 0.

    Raises:
        SystemExit: when the port cannot be used.
    """
    try:
        server = open_server(folder, port)
    except PortError as error:
        sys.exit(f"error: {error.strerror}")
    with server:
        if port not in {0, server.server_port}:
            print(f"Port {port} is taken by another program, so this is another one.")
        print(f"The site is at {server.address}  (only this computer can see it). Ctrl-C ends.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nEnded.")
