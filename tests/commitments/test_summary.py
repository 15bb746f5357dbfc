"""Test the summary of all commitments."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from plugins.commitments.summary import summarise
from plugins.content_model.commitment import Commitment, Progress
from tests.sites.writing import TODAY, entry

EVERY: tuple[Progress, ...] = get_args(Progress)
LOG = [{"on": "2026-06-01", "said": "a", "did": "b", "evidence": "c", "by_role": "d"}]


def promises(*progress: str) -> list[Commitment]:
    """Return a commitment for each status."""
    return [entry(Commitment, f"p{number}", progress=word, log=LOG) for number, word in enumerate(progress)]


def test_each_commitment_stands_at_one_word() -> None:
    """Every commitment is counted once, and every status is listed, the best first."""
    assert summarise(promises(*EVERY, "kept"), {}, TODAY).sentence == (
        "Of our 8 commitments, 2 are kept, 1 shows good progress, 1 shows some progress, 1 has not been started, "
        "1 is not kept, 1 has changed and 1 is no longer made. No review is late."
    )


@pytest.mark.parametrize(
    ("progress", "sentence"),
    [
        ((), ""),
        (("kept",), "Of our one commitment, 1 is kept. No review is late."),
        (("limited", "limited"), "Of our 2 commitments, 2 show some progress. No review is late."),
        (
            ("not-kept", "retired", "kept", "changed"),
            "Of our 4 commitments, 1 is kept, 1 is not kept, 1 has changed and 1 is no longer made. No review is late.",
        ),
    ],
)
def test_the_whole_picture_in_a_sentence(progress: tuple[str, ...], sentence: str) -> None:
    """The sentence lists every status that some commitment has."""
    assert summarise(promises(*progress), {}, TODAY).sentence == sentence


@pytest.mark.parametrize(("days", "late"), [(0, "No review is"), (1, "1 review is")])
def test_late_reviews_are_counted(days: int, late: str) -> None:
    """A review is overdue from the day after its date."""
    made = entry(Commitment, "a", review_due="2027-06-01")
    charter = summarise([made], {}, dt.date(2027, 6, 1) + dt.timedelta(days))
    assert charter.sentence.endswith(f"{late} late.")


def test_the_last_entry_of_any_record() -> None:
    """The summary has the day of the newest log entry, or None without commitments."""
    older, newer = entry(Commitment, "a"), entry(Commitment, "b", log=[{**LOG[0], "on": "2026-09-01"}])
    assert summarise([newer, older], {}, TODAY).recorded_on == dt.date(2026, 9, 1)
    assert summarise([], {}, TODAY).recorded_on is None
