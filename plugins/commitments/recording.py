"""Append an entry to a commitment's log without changing anything else in its file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import yaml
from msgspec import Struct
from pydantic import ValidationError

from plugins.base.atomic_write import replace_bytes
from plugins.base.problem import Problem
from plugins.content_model.commitment import Commitment, LogEntry, wording_hash
from plugins.content_model.contact_details import contact_details
from plugins.content_model.loader import load, parse_entry
from plugins.content_model.validation import closest_match


class RecordError(ValueError):
    """Nothing can be recorded. The message gives the reason and says what to do."""


class LogEntryInput(Struct, frozen=True):
    """The fields of a log entry: statement, action, evidence ("" for none) and the role of the person responsible."""

    said: str
    did: str
    by_role: str
    evidence: str = ""


class Recorded(Struct, frozen=True):
    """The lines that were added.

    Attributes:
        path: the file, relative to the content folder.
        first_line: the number of the first line that was added.
        lines: the lines, or "" if the log already ended with this entry.
    """

    path: str
    first_line: int
    lines: str


def fault(option: str, text: str) -> str:
    """Return why ``text`` is invalid for the option ``option``, or "" if it is valid."""
    for detail in contact_details(text):
        return (
            f"--{option} holds `{detail.text}`; numbers and addresses belong in the help register only, "
            "and what is recorded stays for good"
        )
    return "" if text.strip() or option == "evidence" else f"--{option} says nothing; write it in a few words"


def commitments_of(content: Path, today: dt.date) -> dict[str, str]:
    """Return the titles of the commitments below ``content`` by slug."""
    library, _ = load(content, as_of=today)
    return {entry.slug: entry.title for entry in library.entries if isinstance(entry, Commitment)}


def append_entry(content: Path, name: str, fields: LogEntryInput, *, on: str, today: dt.date) -> Recorded:
    """Append ``fields`` to the log of a commitment, with its current wording and next review.

    Args:
        content: the content folder.
        name: the commitment's slug, id or file.
        fields: the fields of the entry.
        on: the day, ``2026-11-22``, or "" for ``today``.
        today: the latest day that an entry may have.

    Raises:
        RecordError: if there is no such commitment, or the entry is invalid.
    """
    commitment = _find(content, name, today)
    path = commitment.source.path
    entry = _entry(commitment, fields, on or today.isoformat())
    if entry.on > today:
        raise RecordError(
            f"{entry.on} has not come yet, and a record says what was done; write  --on {today}  or an earlier day"
        )
    if commitment.log and entry.on < commitment.log[-1].on:
        raise RecordError(
            f"the record already reaches {commitment.log[-1].on}; write  --on {commitment.log[-1].on}  or a later day"
        )
    if commitment.log and entry == commitment.log[-1]:
        return Recorded(path, 0, "")
    data = (content / path).read_bytes()
    text = data.decode("utf-8")
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    if any("\r" in line or "\n" in line for line in lines):
        raise RecordError(f"{path} mixes two kinds of line ends; save it with one kind")
    place, added = _insert(lines, commitment, entry)
    _verify(commitment, entry, "\n".join(lines))
    replace_bytes(content / path, newline.join(lines).encode())
    return Recorded(path, place + 1, "\n".join(added))


def _find(content: Path, name: str, today: dt.date) -> Commitment:
    library, problems = load(content, as_of=today)
    commitments = [entry for entry in library.entries if isinstance(entry, Commitment)]
    for commitment in commitments:
        file = (content / commitment.source.path).resolve()
        if name in {commitment.id, commitment.slug} or Path(name).resolve() in {file, file.parent}:
            return commitment
    slugs = sorted(commitment.slug for commitment in commitments)
    close = closest_match(name, slugs)
    hint = f"perhaps you mean `{close}`" if close else f"there are: {', '.join(slugs) or 'none'}"
    read = {commitment.source.path for commitment in commitments}
    unread = sorted({problem.path for problem in problems if problem.path.startswith("commitments/")} - read)
    if unread:
        hint += f"; some could not be read ({', '.join(unread)}): run  inv build  to see why"
    raise RecordError(f"there is no commitment `{name}`; {hint}")


def _entry(commitment: Commitment, fields: LogEntryInput, on: str) -> LogEntry:
    for option, text in (
        ("said", fields.said),
        ("did", fields.did),
        ("evidence", fields.evidence),
        ("role", fields.by_role),
    ):
        if reason := fault(option, text):
            raise RecordError(reason)
    review = commitment.review_due
    values = {
        "on": on,
        "said": fields.said,
        "did": fields.did,
        **({"evidence": fields.evidence} if fields.evidence else {}),
        "by_role": fields.by_role,
        "wording": wording_hash(commitment),
        **({"next_review": review.isoformat()} if review else {}),
    }
    try:
        return LogEntry.model_validate(values)
    except ValidationError as error:
        wrong = error.errors()[0]
        option = {"by_role": "role"}.get(str(wrong["loc"][0]), str(wrong["loc"][0]))
        raise RecordError(f"--{option}: {wrong.get('ctx', {}).get('message', wrong['msg'])}") from None


def _insert(lines: list[str], commitment: Commitment, entry: LogEntry) -> tuple[int, list[str]]:
    """Insert ``entry`` after the last line of the log. Return the index of its first line, and all lines."""
    start = commitment.source.positions.values["log",]
    line = lines[start.line - 1]
    if not commitment.log:
        lines[start.line - 1] = line[: start.column - 1].rstrip()
        place, indent = start.line, 2
    elif line[start.column - 1] == "-":
        place, indent = _end_of_log(lines, commitment), start.column - 1
    else:
        raise RecordError(
            f"the record in {commitment.source.path} is not written as a list with one entry after each dash; "
            "write it so by hand, and then add to it",
        )
    added = _yaml(entry, indent)
    lines[place:place] = added
    return place, added


def _end_of_log(lines: list[str], commitment: Commitment) -> int:
    """Return the index of the line after the log. Comments on the next field stay with that field."""
    positions = commitment.source.positions
    start = positions.values["log",]
    fence = commitment.source.body_line - 1
    later = [at.line for key, at in positions.keys.items() if len(key) == 1 and at.line > start.line]
    place = min([fence, *later]) - 1
    while not lines[place - 1].strip() or _is_comment(lines[place - 1], start.column - 1):
        place -= 1
    return place


def _is_comment(line: str, indent: int) -> bool:
    """Return whether a line after the log is a comment on the next field. A deeper indent belongs to the last entry."""
    return re.match(rf" {{0,{indent}}}#", line) is not None


def _yaml(entry: LogEntry, indent: int) -> list[str]:
    shown = {name: value for name, value in entry.model_dump().items() if value is not None and name != "on"}
    rest = yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=float("inf")).splitlines()
    return [f"{' ' * indent}- on: {entry.on}", *(f"{' ' * (indent + 2)}{line}" for line in rest)]


def _verify(before: Commitment, added: LogEntry, text: str) -> None:
    """Verify that the changed file has the old content and the new entry, and nothing else."""
    after, problems = parse_entry(text, before.source.path, Commitment)
    if not isinstance(after, Commitment):
        raise RecordError(f"the entry cannot be written to {before.source.path}: {_first(problems)}")
    expected = before.model_copy(update={"log": (*before.log, added), "source": after.source})
    if dict(after) != dict(expected) or after.source.body != before.source.body:
        raise RecordError(
            f"the record in {before.source.path} is written in a way that cannot be added to; add the entry by hand"
        )


def _first(problems: list[Problem]) -> str:
    return f"{problems[0].message}; {problems[0].hint}" if problems else "its front matter cannot be read"
