"""The command ``inv import``: open the sources, run the import, and print a summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from plugins.authoring.importing.destination import Destination
from plugins.authoring.importing.fetching import Fetcher
from plugins.authoring.importing.item import Urgency
from plugins.authoring.importing.media import Find, Uploads
from plugins.authoring.importing.report import Report
from plugins.authoring.importing.run import MAPPING, ImportOptions, run_import
from plugins.authoring.importing.source import SourceError
from plugins.authoring.importing.sources import open_sources
from plugins.base.errors import UserError
from plugins.base.terminal import display_path, pluralise
from plugins.engine.workspace import workspace

#: The folder of the mapping, the log and the report, beside the content folder.
FOLDER = "import"


def import_files(  # noqa: PLR0913 - one for each option of the command
    paths: Sequence[str], *, uploads: str = "", fetch: bool = False, drafts: bool = False, keep_guids: bool = False,
    old_site: str = "", content: str = "", as_of: str = "",
) -> Report:  # fmt: skip
    """Import ``paths`` as drafts, print a summary, and return the report.

    Args:
        paths: files and folders to import.
        uploads: the folder of uploaded files of the old site.
        fetch: True fetches missing pictures and documents from the old site.
        drafts: True also imports drafts, private and protected texts of the old site.
        keep_guids: True keeps the ids that posts had in the feeds of the old site.
        old_site: the address of the old site, for sources that do not contain it.
        content: the content folder; the settings' own when "".
        as_of: the day, ``2026-11-22``; today when "".

    Raises:
        SystemExit: with status 1 when nothing was imported, or some text failed.
    """
    try:
        if uploads and not Path(uploads).is_dir():
            raise SourceError(f"there is no folder {uploads}; --uploads names wp-content/uploads of the old site")
        if old_site and not old_site.startswith(("http://", "https://")):
            raise SourceError(f"--old-site is `{old_site}`; write the whole address, such as  https://old.example.org")
        at = workspace(content, as_of=as_of)
        sources = open_sources(paths, at.site.timezone)
        homes = [*([old_site] if old_site else []), *(home for source in sources for home in source.homes)]
        finders = _finders(uploads, homes if fetch else None)
        options = ImportOptions(drafts, tuple(homes), finders, (uploads, str(fetch)), keep_guids)
        destination = Destination(at.content, at.site.as_of, tuple(dict(at.site.documents)))
        folder = at.content.resolve().parent / FOLDER
        report = run_import(sources, destination, folder, options, sys.stderr)
    except UserError as error:
        sys.exit(f"error: {error}")
    print(_summary(report, folder))
    failed = [outcome for outcome in report.outcomes if outcome.action == "failed"]
    faults = [fault for source in report.sources for fault in source["faults"]]
    for outcome in failed:
        print(f"error: {outcome.place}: it could not be imported, because {outcome.why}", file=sys.stderr)
    for place, why in faults:
        hint = "compare its entry, if there is one, with the source"
        print(f"error: {place}: it could not be read as it is ({why}); {hint}", file=sys.stderr)
    if failed or faults:
        sys.exit(1)
    return report


def _finders(uploads: str, homes: Sequence[str] | None) -> tuple[Find, ...]:
    """Return the functions that find files: in the uploads folder, and on the old site if ``homes`` are given."""
    if homes is not None and not homes:
        raise SourceError("--fetch needs to know the old site; add  --old-site https://...")
    found: list[Find] = [Uploads(Path(uploads)).find] if uploads else []
    return (*found, *([Fetcher(homes).find] if homes else []))


def _summary(report: Report, folder: Path) -> str:
    totals = report.totals()
    actions, words = Counter(totals["actions"]), totals["words"]
    lines = [f"{pluralise(totals['texts'], 'text')} read."]
    for action, label in (
        ("new", "written as drafts"), ("updated", "written again"), ("unchanged", "unchanged"),
        ("touched", "left alone: somebody has changed them since"),
        ("deleted", "left alone: somebody has deleted them"),
        ("skipped", "not imported: see the report"), ("failed", "failed"),
    ):  # fmt: skip
        if actions[action]:
            lines.append(f"  {actions[action]:,} {label}")
    if words["lost"] or words["added"]:
        lines.append(
            f"Words: {words['lost']:,} lost and {words['added']:,} added, of {words['source']:,}; "
            "the report names them."
        )
    else:
        lines.append(f"Words: none of {words['source']:,} lost.")
    decide = sum(note.urgency == Urgency.DECIDE for outcome in report.outcomes for note in outcome.notes)
    if decide:
        lines.append(f"{pluralise(decide, 'thing')} for a person to decide.")
    lines.append(f"Report: {display_path(folder / 'report.html')}")
    lines.append(f"Names of the old site and ours: {display_path(folder / MAPPING)}. Change it, and run this again.")
    lines.append("Next: inv check")
    return "\n".join(lines)
