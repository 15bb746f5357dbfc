"""The commands: ``inv build``, and forgetting what earlier builds left.

Nothing here imports more than it must (see ``snapshot.py``).
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from collections.abc import Mapping

from plugins.engine.incremental.change_detection import nothing_to_do
from plugins.engine.incremental.options import ROOT, Asked


def build(  # noqa: PLR0913 - the options of the command
    *, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = "",
    from_scratch: bool = False, explain: str = "", gone_since: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Build the site and return the folder that it is in.

    Args:
        content: the content folder; the settings' own when "".
        output: the output folder; the settings' own when "".
        as_of: the day of the build, ``2026-11-22``; today when "".
        production: takes the settings of ``publishconf.py``.
        allow_expired: ids of crisis contacts, with commas between them, that a release may show unverified.
        from_scratch: uses nothing that an earlier build left.
        explain: a page to tell of, why it was made anew, or why it was not.
        gone_since: the days on which readers were told first that a story has left, by its id (``GONE_SINCE``).

    Raises:
        SystemExit: with status 1 when the build fails, after its reasons were shown; nothing is written then.
        Stopped: when a person stopped it.
    """
    allowed = [name.strip() for name in allow_expired.split(",") if name.strip()]
    settings = {"HELP_EXPIRED_ALLOWED": allowed, "GONE_SINCE": dict(gone_since or {})}
    changed = tuple((name, json.dumps(value, sort_keys=True)) for name, value in settings.items() if value)
    return run(Asked(content, output, "", as_of, production, changed, from_scratch, explain))


def run(asked: Asked) -> str:
    """Build what was asked for, and return the folder that the site is in; as ``build``."""
    # Nearly all that a build makes stays until its end: looking for what does not only costs time.
    gc.disable()
    sight, done = nothing_to_do(asked)
    if done:
        sys.stderr.write(sight.state.told)
        print(done)
        return sight.output
    # Here and not above: what has nothing to do need not wait for Pelican.
    from plugins.engine.incremental.plugin import build as make  # noqa: PLC0415

    folder = make(asked, sight)
    # Python would look through all of it once more at the end of the process.
    gc.freeze()
    return folder


def forget() -> None:
    """Take away all that builds remember: nothing may keep the words of what was withdrawn."""
    shutil.rmtree(os.path.join(ROOT, ".cache", "builds"), ignore_errors=True)
