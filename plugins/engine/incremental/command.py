"""Run ``inv build``, and delete the state of earlier builds.

Imports are few, because they take most of the time of an unchanged build (see ``snapshot.py``).
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from collections.abc import Mapping

from plugins.engine.incremental.change_detection import nothing_to_do
from plugins.engine.incremental.options import ROOT, BuildOptions


def build(  # noqa: PLR0913 - the options of the command
    *, content: str = "", output: str = "", as_of: str = "", production: bool = False, allow_expired: str = "",
    from_scratch: bool = False, explain: str = "", gone_since: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Build the site and return the folder that it is in.

    Args:
        content: the content folder; the settings' own when "".
        output: the output folder; the settings' own when "".
        as_of: the day of the build, ``2026-11-22``; today when "".
        production: use the settings of ``publishconf.py``.
        allow_expired: ids of crisis contacts, with commas between them, that a release may show unverified.
        from_scratch: ignore the state and the cache of earlier builds.
        explain: a page; the build says why it was rendered, or was not.
        gone_since: the first day without it of each story that was removed, by its id (``GONE_SINCE``).

    Raises:
        SystemExit: with status 1 when the build fails, after its reasons were shown; nothing is written then.
        Interrupted: after Ctrl-C.
    """
    allowed = [name.strip() for name in allow_expired.split(",") if name.strip()]
    settings = {"HELP_EXPIRED_ALLOWED": allowed, "GONE_SINCE": dict(gone_since or {})}
    changed = tuple((name, json.dumps(value, sort_keys=True)) for name, value in settings.items() if value)
    return run_build(BuildOptions(content, output, "", as_of, production, changed, from_scratch, explain))


def run_build(options: BuildOptions) -> str:
    """Build the site with ``options`` and return its folder; raises as ``build``."""
    # Nearly every object lives until the end of a build, so garbage collection only costs time.
    gc.disable()
    changes, done = nothing_to_do(options)
    if done:
        sys.stderr.write(changes.state.messages)
        print(done)
        return changes.output
    # Imported here, because an unchanged build does not need Pelican.
    from plugins.engine.incremental.plugin import build as make  # noqa: PLC0415

    folder = make(options, changes)
    # Skip the collection of all objects when the process exits.
    gc.freeze()
    return folder


def forget() -> None:
    """Delete the state and the cache of all builds, which may hold the words of a withdrawn text."""
    shutil.rmtree(os.path.join(ROOT, ".cache", "builds"), ignore_errors=True)
