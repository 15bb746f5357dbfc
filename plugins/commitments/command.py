"""``inv record``: add an entry to the log of a commitment."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from plugins.base.prompts import Questions, UnansweredError
from plugins.commitments.recording import LogEntryInput, RecordError, append_entry, commitments_of, fault
from plugins.engine.settings import SettingsError
from plugins.engine.workspace import Workspace, workspace


def record(name: str, fields: LogEntryInput, *, on: str = "", content: str = "") -> None:
    """Add an entry to the end of a commitment's log, and print what was added.

    Arguments that are "" are prompted for on a terminal.

    Args:
        name: the commitment's slug, id or file.
        fields: the fields of the entry.
        on: the day, ``2026-11-22``, or "" for today.
        content: the content folder, or "" for the one of the settings.

    Raises:
        SystemExit: with status 1 if nothing was recorded, with the reason.
    """
    try:
        at = workspace(content)
        name, fields = _prompted(name, fields, at)
        recorded = append_entry(at.content, name, fields, on=on, today=at.site.as_of)
    except (RecordError, SettingsError, UnansweredError) as error:
        sys.exit(f"error: {error}. Nothing was changed.")
    file = at.content / recorded.path
    if not recorded.lines:
        print(f"{file} already ends with this entry. Nothing was changed.")
        return
    print(f"Added to {file}, line {recorded.first_line}:\n\n{recorded.lines}")


def record_in(content: Path, path: str, values: Mapping[str, str]) -> None:
    """Append an entry to the log of the commitment in the file ``path`` of ``content``, without a terminal.

    Args:
        content: the content folder.
        path: the commitment's file, relative to it.
        values: ``said``, ``did``, ``role``, ``evidence`` and ``on``, as the options of ``inv record``.

    Raises:
        RecordError: if nothing could be recorded.
    """
    fields = LogEntryInput(*(values.get(option, "") for option in ("said", "did", "role", "evidence")))
    today = workspace(str(content)).site.as_of
    append_entry(content, str(content / path), fields, on=values.get("on", ""), today=today)


def _prompted(name: str, fields: LogEntryInput, at: Workspace) -> tuple[str, LogEntryInput]:
    """Return the name and entry with missing values from prompts. Without a terminal, missing values are an error."""
    needed = {"commitment": name, "said": fields.said, "did": fields.did, "role": fields.by_role}
    lacking = [f"--{option}" for option, given in needed.items() if not given]
    if not lacking:
        return name, fields
    if not sys.stdin.isatty():
        raise RecordError(f"nobody can be asked here, so these options are needed: {', '.join(lacking)}")
    questions = Questions(sys.stdin, sys.stdout)

    def ask(question: str, option: str, given: str) -> str:
        return given or questions.text(question, partial(fault, option))

    if not name:
        known = commitments_of(at.content, at.site.as_of)
        if not known:
            raise RecordError("there is no commitment yet; begin with  inv new commitment")
        name = questions.choices("Commitment", known, several=False)[0]
    return name, LogEntryInput(
        ask("What was said, or how the wording or the day of the review changed", "said", fields.said),
        ask("What was done, or why it changed", "did", fields.did),
        ask("Who says so: a role, never a name", "role", fields.by_role),
        ask("What shows it (nothing, when nothing does)", "evidence", fields.evidence),
    )
