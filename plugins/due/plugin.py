"""The door of the list of what is due to people at a terminal: ``inv due``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from pelican.settings import read_settings

from plugins.content_model.loader import load
from plugins.content_model.replacing import replace_bytes
from plugins.content_model.settings import SettingsError, SiteSettings
from plugins.content_model.terminal import shown
from plugins.due.calendar import calendar_of
from plugins.due.listing import due

_ROOT = Path(__file__).resolve().parents[2]


def tell(*, days: int, content: str = "", as_of: str = "", calendar: str = "") -> None:
    """Print a line for each thing that falls due, or say that nothing does.

    Args:
        days: how far to look ahead.
        content: the content folder; the settings' own when "".
        as_of: the day to look from, ``2026-11-22``; today when "".
        calendar: a file to write what is due into, as a calendar; none when "".

    Raises:
        SystemExit: with status 1 when the folder, the calendar or the day cannot be used; never because something is
            due.
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
    if calendar:
        _write(Path(calendar), calendar_of(found, site.as_of, shown(folder)), folder, Path(settings["OUTPUT_PATH"]))
    for item in found:
        print(item.line(shown(folder)))
    print(f"{len(found) or 'Nothing'} due by {site.as_of + dt.timedelta(days=days)}.")
    unread = {problem.path for problem in problems} - {entry.source.path for entry in library.entries}
    for path in sorted(unread):
        print(f"Not looked at, because it cannot be read as it is: {shown(folder)}/{path}")


def _write(file: Path, data: bytes, content: Path, output: Path) -> None:
    """Write the calendar, but not where readers could find it: it names what only staff should know."""
    for folder in (content, output):
        if file.resolve().is_relative_to(folder.resolve()):
            sys.exit(
                f"error: {file} lies in {folder}, and what lies there may be published; the calendar is for staff, "
                "so give it a place of its own, such as  --calendar ../due.ics"
            )
    if file.is_dir():
        sys.exit(f"error: {file} is a folder; name a file in it, such as  {file / 'due.ics'}")
    try:
        replace_bytes(file, data)
    except OSError as error:
        sys.exit(f"error: {file} cannot be written ({error.strerror}); choose another place")
    file.chmod(0o600)
    print(f"Written: {file}, for staff only.")
