"""Check that the log of a commitment covers what is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from plugins.base.positions import FieldPath
from plugins.base.problem import Problem
from plugins.content_model.commitment import Commitment, wording_hash


def check_log(commitment: Commitment, as_of: dt.date) -> Iterator[Problem]:
    """Yield a problem for each change of ``commitment`` that its log does not cover on the day ``as_of``.

    Of a draft, only the days are checked, because nothing of it is published.
    """
    yield from _days(commitment, as_of)
    if commitment.status == "published":
        yield from _wording(commitment)
        yield from _next_review(commitment)


def _days(commitment: Commitment, as_of: dt.date) -> Iterator[Problem]:
    # A scheduled commitment may have a log entry of its day of publication.
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
    """Yield a problem if the review was moved to a later day. An earlier day hides nothing."""
    if commitment.review_due is None:
        return
    number = _newest(commitment, "next_review")
    recorded = None if number is None else commitment.log[number].next_review
    if recorded is None or commitment.review_due > recorded:
        was = f"to a day after {recorded}, the one that was recorded" if recorded else "without being recorded"
        # A commitment cannot be without a day for its review, so there may be no change to take back.
        hint = "take the change back, or run" if recorded else "run"
        yield _problem(
            commitment,
            ("review_due",),
            "review-moved-without-log",
            f"the next review was set {was}",
            f"{hint}  {_command(commitment)}",
        )


def _newest(commitment: Commitment, field: str) -> int | None:
    """Return the index of the newest log entry that has ``field``, or None."""
    return max((place for place, entry in enumerate(commitment.log) if getattr(entry, field) is not None), default=None)


def _command(commitment: Commitment) -> str:
    return f'inv record {commitment.slug} --said "..." --did "..." --role "{commitment.owner_role}"'


def _problem(commitment: Commitment, field: FieldPath, name: str, message: str, hint: str) -> Problem:
    positions = commitment.source.positions
    place = positions.of_key(field)
    return Problem(commitment.source.path, place, name, message, hint)
