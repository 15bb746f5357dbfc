"""``inv due``: print what is due, and write it as a calendar."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from plugins.authoring.due.calendar import calendar_of
from plugins.authoring.due.listing import due
from plugins.base.atomic_write import replace_bytes
from plugins.base.problem import Severity
from plugins.content_model.loader import load
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import workspace


def print_due(*, days: int, content: str = "", as_of: str = "", calendar: str = "") -> None:
    """Print a line for each thing that is due, or that nothing is.

    Args:
        days: how many days ahead.
        content: the content folder; the settings' own when "".
        as_of: the first day, ``2026-11-22``; today when "".
        calendar: a file to write what is due into, as a calendar; none when "".

    Raises:
        SystemExit: with status 1 when the folder, the calendar or the day cannot be used; never because something is
            due.
    """
    try:
        at = workspace(content, as_of=as_of)
    except SettingsError as error:
        sys.exit(f"error: {error}")
    today = at.site.as_of
    library, problems = load(at.content, as_of=today, documents=dict(at.site.documents))
    found = due(library, days)
    if calendar:
        _write(Path(calendar), calendar_of(found, today, at.shown, at.site.name), at.content, at.output)
    for item in found:
        print(item.line(at.shown))
    print(f"{len(found) or 'Nothing'} due by {today + dt.timedelta(days=days)}.")
    failed = {problem.path for problem in problems if problem.severity is Severity.ERROR}
    unread = failed - {entry.source.path for entry in library.entries}
    for path in sorted(unread):
        print(f"Not looked at, because it cannot be read as it is: {at.shown}/{path}")


def _write(file: Path, data: bytes, content: Path, output: Path) -> None:
    """Write the calendar, but never where it could be published: only staff may read it."""
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
