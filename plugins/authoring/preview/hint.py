"""Hint: what to do next, for whoever has built the site. Imports nothing of the preview, for which no build waits."""

from __future__ import annotations

import shlex


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
