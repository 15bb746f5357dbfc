"""Print how to start the preview after a build. Imports nothing of the preview, so that no build waits for it."""

from __future__ import annotations

import shlex


def print_serve_command(
    *, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = ""
) -> None:
    """Print the command that previews a build with these options."""
    options = ["--content", content] if content else []
    options += ["--output", output] if output else []
    options += ["--as-of", as_of] if as_of else []
    options += ["--production"] if production else []
    options += ["--allow-expired", allow_expired] if allow_expired else []
    print(f"To look at it:  {shlex.join(['.venv/bin/inv', 'serve', *options])}")
