"""The model of commitments: promises to readers, with a log of how they were kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from plugins.content_model.entry import Entry, RuleViolation, StrictModel
from plugins.content_model.fields import AsList, Day, Digest, Slug, Text

Progress = Literal["not-started", "limited", "substantial", "kept", "not-kept", "changed", "retired"]

#: Labels for readers. They follow the statuses of the Open Government Partnership, with three more for promises that
#: have no end.
PROGRESS_WORDS: dict[Progress, str] = {
    "not-started": "Not started yet",
    "limited": "Some progress",
    "substantial": "Good progress",
    "kept": "Kept",
    "not-kept": "Not kept",
    "changed": "Changed",
    "retired": "No longer made",
}
#: Explanations of the labels for readers.
PROGRESS_MEANINGS: dict[Progress, str] = {
    "not-started": "We have published the promise and done nothing more yet.",
    "limited": "Some of it can be seen.",
    "substantial": "Most of it can be seen. The record names what is missing.",
    "kept": "There is evidence, and you can look at it.",
    "not-kept": "We said it and did not do it. The record says what happened.",
    "changed": "The promise is different now. The record says what changed, and why.",
    "retired": "We no longer make this promise. The record says why.",
}


class LogEntry(StrictModel):
    """One entry of a commitment's log."""

    on: Day
    """The day."""
    said: Text
    """What was said."""
    did: Text
    """What was done."""
    evidence: Text | None = None
    """What shows it."""
    by_role: Text
    """Who says so: a role."""
    wording: Digest | None = None
    """The fingerprint of the promise from this day on. Only the tool writes it."""
    next_review: Day | None = None
    """The day that was then set for the next review. Only the tool writes it."""


class Commitment(Entry):
    """A commitment. ``status`` is draft or published, as in every entry. ``progress`` is how far it is kept."""

    kind_name: ClassVar[str] = "commitment"
    section: ClassVar[str] = "commitments"

    statement: Text
    """The promise. It begins with We."""
    you_can_expect: Text
    """What a reader can expect. It begins with I or My."""
    in_practice: Annotated[tuple[Text, ...], AsList]
    """What it means from day to day."""
    made_with: Text
    """Who helped to make the promise."""
    owner_role: Text
    """The role that answers for it."""
    measure: Text
    """How everyone can tell whether it is kept."""
    progress: Progress
    """How the promise stands today."""
    log: Annotated[tuple[LogEntry, ...], AsList]
    """The public record, oldest first. The tool adds to it."""
    redress: Slug
    """Whom to call when it is not kept: the id of a help contact."""

    def violations(self) -> Iterator[RuleViolation]:
        """Yield the violations common to all entries, and those of the promise and its log."""
        yield from super().violations()
        if not self.statement.startswith("We "):
            yield RuleViolation(
                ("statement",),
                "statement-voice",
                "a commitment is made by us: its statement begins with `We`",
                "write it as  We ...",
            )
        if not self.you_can_expect.startswith(("I ", "My ")):
            yield RuleViolation(
                ("you_can_expect",),
                "expectation-voice",
                "what a reader can expect is said in the reader's voice: it begins with `I` or `My`",
                "write it as  I ...",
            )
        if not self.in_practice:
            yield RuleViolation(
                ("in_practice",),
                "nothing-in-practice",
                "the commitment does not say what it means in practice",
                "add an item that a reader could see for themselves",
            )
        if self.expires is not None:
            yield RuleViolation(
                ("expires",),
                "commitment-expires",
                "a promise does not vanish on a day: readers would never learn what became of it",
                "delete the line; to end the promise write  progress: retired  and record why",
            )
        if self.review_due is None:
            yield RuleViolation(
                ("progress",),
                "missing-review-date",
                "the commitment has no day for its next review",
                "add  review_due: year-month-day  and record it with  inv record",
            )
        if self.progress == "kept" and not any(entry.evidence for entry in self.log):
            yield RuleViolation(
                ("progress",),
                "kept-without-evidence",
                "the commitment is called kept but its log shows no evidence",
                "add  evidence:  to the log entry that shows it",
            )
        for number, entry in enumerate(self.log[1:], start=1):
            if entry.on < self.log[number - 1].on:
                yield RuleViolation(
                    ("log", number, "on"),
                    "dates-out-of-order",
                    "the log is not in the order of its days",
                    "correct the day, or move the entry so that the newest stands last",
                )


def wording_hash(commitment: Commitment) -> str:
    """Return the SHA-256 of the wording of the promise: statement, expectation, practice and measure."""
    wording = [commitment.statement, commitment.you_can_expect, list(commitment.in_practice), commitment.measure]
    return hashlib.sha256(json.dumps(wording, ensure_ascii=False).encode()).hexdigest()
