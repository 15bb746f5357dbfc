"""Commitment: a promise to readers, with the record of how it was kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from plugins.content_model.entry import Entry, Fault, Group
from plugins.content_model.fields import AsList, Day, Slug, Text

Progress = Literal["not-started", "limited", "substantial", "kept", "not-kept", "changed", "retired"]

#: The words for readers; after the statuses of the Open Government Partnership, plus the states of a standing promise.
PROGRESS_WORDS: dict[Progress, str] = {
    "not-started": "Not started yet",
    "limited": "Some progress",
    "substantial": "Good progress",
    "kept": "Kept",
    "not-kept": "Not kept",
    "changed": "Changed",
    "retired": "No longer made",
}


class LogEntry(Group):
    """One entry of the record: what was said, what was done, on what evidence, by whom (a role)."""

    on: Day
    said: Text
    did: Text
    evidence: Text | None = None
    by_role: Text


class Commitment(Entry):
    """A commitment. ``status`` says draft or published, as everywhere; ``progress`` says how the promise stands."""

    kind_name: ClassVar[str] = "commitment"
    section: ClassVar[str] = "commitments"

    statement: Text
    you_can_expect: Text
    in_practice: Annotated[tuple[Text, ...], AsList]
    made_with: Text
    owner_role: Text
    measure: Text
    progress: Progress
    log: Annotated[tuple[LogEntry, ...], AsList]
    redress: Slug

    def faults(self) -> Iterator[Fault]:
        """Yield the common faults and those of the promise and its record."""
        yield from super().faults()
        if not self.statement.startswith("We "):
            yield Fault(
                ("statement",),
                "statement-voice",
                "a commitment is made by us: its statement begins with `We`",
                "write it as  We ...",
            )
        if not self.you_can_expect.startswith(("I ", "My ")):
            yield Fault(
                ("you_can_expect",),
                "expectation-voice",
                "what a reader can expect is said in the reader's voice: it begins with `I` or `My`",
                "write it as  I ...",
            )
        if self.review_due is None:
            yield Fault(
                ("progress",),
                "missing-review-date",
                "the commitment has no day for its next review",
                "add  review_due: year-month-day",
            )
        if self.progress == "kept" and not any(entry.evidence for entry in self.log):
            yield Fault(
                ("progress",),
                "kept-without-evidence",
                "the commitment is called kept but its log shows no evidence",
                "add  evidence:  to the log entry that shows it",
            )
        for number, entry in enumerate(self.log[1:], start=1):
            if entry.on < self.log[number - 1].on:
                yield Fault(
                    ("log", number, "on"),
                    "dates-out-of-order",
                    "the log is not in the order of its days",
                    "add new entries at the end, and change no old one",
                )
