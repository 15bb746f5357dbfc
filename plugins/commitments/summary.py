"""Summarise all commitments by status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from plugins.content_model.commitment import PROGRESS_MEANINGS, PROGRESS_WORDS, Commitment, Progress
from plugins.views.charter import CharterView, CommitmentStatus
from plugins.views.views import ContactView, Link

#: The order of the statuses, with the phrases for one commitment and for several.
_PHRASES: dict[Progress, tuple[str, str]] = {
    "kept": ("is kept", "are kept"),
    "substantial": ("shows good progress", "show good progress"),
    "limited": ("shows some progress", "show some progress"),
    "not-started": ("has not been started", "have not been started"),
    "not-kept": ("is not kept", "are not kept"),
    "changed": ("has changed", "have changed"),
    "retired": ("is no longer made", "are no longer made"),
}


def summarise(commitments: Sequence[Commitment], contacts: Mapping[str, ContactView], as_of: dt.date) -> CharterView:
    """Return the summary of ``commitments`` by progress, with the reviews that are overdue on the day ``as_of``.

    Args:
        commitments: the public commitments in the order of the site.
        contacts: help contacts by id.
        as_of: the day of the build.
    """
    standings = []
    for progress in _PHRASES:
        links = tuple(_link(commitment) for commitment in commitments if commitment.progress == progress)
        if links:
            standings.append(CommitmentStatus(progress, PROGRESS_WORDS[progress], PROGRESS_MEANINGS[progress], links))
    overdue = tuple(_link(commitment) for commitment in commitments if commitment.is_overdue(as_of))
    redress = dict.fromkeys(commitment.redress for commitment in commitments)
    return CharterView(
        sentence=_sentence(len(commitments), standings, len(overdue)),
        standings=tuple(standings),
        overdue=overdue,
        redress=tuple(contacts[key] for key in redress if key in contacts),
        recorded_on=max((entry.on for commitment in commitments for entry in commitment.log), default=None),
    )


def _sentence(total: int, standings: Sequence[CommitmentStatus], overdue: int) -> str:
    if not total:
        return ""
    counts = [_count(standing) for standing in standings]
    listed = " and ".join(filter(None, (", ".join(counts[:-1]), counts[-1])))
    whole = "Of our one commitment" if total == 1 else f"Of our {total} commitments"
    late = {0: "No review is", 1: "1 review is"}.get(overdue, f"{overdue} reviews are")
    return f"{whole}, {listed}. {late} late."


def _count(standing: CommitmentStatus) -> str:
    number = len(standing.commitments)
    return f"{number} {_PHRASES[standing.progress][number > 1]}"


def _link(commitment: Commitment) -> Link:
    return Link(commitment.title, commitment.permalink)
