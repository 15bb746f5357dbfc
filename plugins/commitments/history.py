"""OutputIndex: the record of a commitment holds what was published, so that nothing changes unseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from plugins.base.positions import FieldPath
from plugins.base.problem import Problem
from plugins.content_model.commitment import Commitment, wording_hash


def check_ledger(commitment: Commitment, as_of: dt.date) -> Iterator[Problem]:
    """Yield what the record of ``commitment`` does not cover on the day ``as_of``.

    A draft has published nothing that a record could hold; only its days are looked at.
    """
    yield from _days(commitment, as_of)
    if commitment.status == "published":
        yield from _wording(commitment)
        yield from _next_review(commitment)


def _days(commitment: Commitment, as_of: dt.date) -> Iterator[Problem]:
    # What waits for its day of publication may carry a record of that day.
    latest = max(as_of, commitment.published or as_of)
    for number, entry in enumerate(commitment.log):
        if entry.on > latest:
            yield _problem(
                commitment,
                ("log", number, "on"),
                "log-in-future",
                f"the record says what was done on {entry.on}, which has not come yet",
                "correct the day; a record says what was done, when it was done",
            )


def _wording(commitment: Commitment) -> Iterator[Problem]:
    number = _newest(commitment, "wording")
    if number is None:
        yield _problem(
            commitment,
            ("log",),
            "wording-not-recorded",
            "the commitment is published, but its record does not hold the wording that readers see",
            f"run  {_command(commitment)}",
        )
        return
    entry = commitment.log[number]
    if entry.wording != wording_hash(commitment):
        yield _problem(
            commitment,
            ("log", number, "wording"),
            "wording-changed-without-log",
            "the statement, the expectation, the practice or the measure is not as it was recorded on "
            f"{entry.on}, and no entry of the record says so",
            f"take the change back, or run  {_command(commitment)}",
        )


def _next_review(commitment: Commitment) -> Iterator[Problem]:
    """A review that is late could be hidden by moving its day; bringing it forward hides nothing."""
    if commitment.review_due is None:
        return
    number = _newest(commitment, "next_review")
    recorded = None if number is None else commitment.log[number].next_review
    if recorded is None or commitment.review_due > recorded:
        was = f"to a day after {recorded}, the one that was recorded" if recorded else "without being recorded"
        # Without any day for its review, a commitment could not stand at all: there is nothing to take back to.
        hint = "take the change back, or run" if recorded else "run"
        yield _problem(
            commitment,
            ("review_due",),
            "review-moved-without-log",
            f"the next review was set {was}",
            f"{hint}  {_command(commitment)}",
        )


def _newest(commitment: Commitment, field: str) -> int | None:
    """The place of the newest entry of the record that has ``field``."""
    return max((place for place, entry in enumerate(commitment.log) if getattr(entry, field) is not None), default=None)


def _command(commitment: Commitment) -> str:
    return f'inv record {commitment.slug} --said "..." --did "..." --role "{commitment.owner_role}"'


def _problem(commitment: Commitment, field: FieldPath, name: str, message: str, hint: str) -> Problem:
    positions = commitment.source.positions
    place = positions.of_key(field)
    return Problem(commitment.source.path, place, name, message, hint)
