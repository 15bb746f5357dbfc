"""The door of the commitments to the build, and the command that adds to a record."""

from __future__ import annotations

import sys

from plugins.commitments.glance import glance
from plugins.commitments.ledger import check_ledger
from plugins.commitments.recording import Deed, RecordError, record_deed
from plugins.content_model.build import Build, bodies_ready, library_loaded
from plugins.content_model.commitment import Commitment
from plugins.content_model.plugin import workplace
from plugins.content_model.settings import SettingsError


def check(build: Build) -> None:
    """Report each published promise that its record does not cover, drafts' days too."""
    for entry in build.library.entries:
        if isinstance(entry, Commitment):
            build.problems.extend(check_ledger(entry, build.library.as_of))


def show(build: Build) -> None:
    """Give the build all commitments at a glance."""
    build.charter = glance(build.library.commitments, build.contacts, build.library.as_of)


def record(name: str, deed: Deed, *, on: str = "", content: str = "") -> None:
    """Add an entry to the record of a commitment, at its end, and say what was added.

    Args:
        name: the commitment's slug, id or file.
        deed: what is recorded.
        on: the day, ``2026-11-22``; today when "".
        content: the content folder; the settings' own when "".

    Raises:
        SystemExit: with status 1 when nothing could be recorded, after the reason was shown.
    """
    try:
        at = workplace(content)
        recorded = record_deed(at.content, name, deed, on=on, today=at.site.as_of)
    except (RecordError, SettingsError) as error:
        sys.exit(f"error: {error}. Nothing was changed.")
    file = at.content / recorded.path
    if not recorded.lines:
        print(f"{file} already ends with this entry. Nothing was changed.")
        return
    print(f"Added to {file}, line {recorded.first_line}:\n\n{recorded.lines}")


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(check)
    bodies_ready.connect(show)
