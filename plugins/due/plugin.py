"""The door of the list of what is due to people at a terminal: ``inv due``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from pelican.settings import read_settings

from plugins.content_model.loader import load
from plugins.content_model.settings import SettingsError, SiteSettings
from plugins.content_model.terminal import shown
from plugins.due.listing import due

_ROOT = Path(__file__).resolve().parents[2]


def tell(*, days: int, content: str = "", as_of: str = "") -> None:
    """Print a line for each thing that falls due, or say that nothing does.

    Args:
        days: how far to look ahead.
        content: the content folder; the settings' own when "".
        as_of: the day to look from, ``2026-11-22``; today when "".

    Raises:
        SystemExit: with status 1 when the folder or the day cannot be used; never because something is due.
    """
    if content and not Path(content).is_dir():
        sys.exit(f"error: there is no folder {content}; --content must name the one that holds articles/ and so on")
    settings = read_settings(str(_ROOT / "pelicanconf.py"))
    if as_of:
        settings["AS_OF"] = as_of
    try:
        site = SiteSettings.from_pelican(settings)
    except SettingsError as error:
        sys.exit(f"error: {error}")
    folder = Path(content or settings["PATH"])
    library, problems = load(folder, as_of=site.as_of)
    found = due(library, days)
    for item in found:
        print(item.line(shown(folder)))
    print(f"{len(found) or 'Nothing'} due by {site.as_of + dt.timedelta(days=days)}.")
    unread = {problem.path for problem in problems} - {entry.source.path for entry in library.entries}
    for path in sorted(unread):
        print(f"Not looked at, because it cannot be read as it is: {shown(folder)}/{path}")
