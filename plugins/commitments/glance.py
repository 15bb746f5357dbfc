"""Glance: all commitments together, counted by how they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from plugins.content_model.charter import CharterView, Standing
from plugins.content_model.commitment import PROGRESS_MEANINGS, PROGRESS_WORDS, Commitment, Progress
from plugins.content_model.views import Link

#: The order of the picture, and what is said of one commitment and of several.
_PHRASES: dict[Progress, tuple[str, str]] = {
    "kept": ("is kept", "are kept"),
    "substantial": ("shows good progress", "show good progress"),
    "limited": ("shows some progress", "show some progress"),
    "not-started": ("has not been started", "have not been started"),
    "not-kept": ("is not kept", "are not kept"),
    "changed": ("has changed", "have changed"),
    "retired": ("is no longer made", "are no longer made"),
}


def glance(commitments: Sequence[Commitment], as_of: dt.date) -> CharterView:
    """Return ``commitments`` counted by progress, and which of them are late for review on the day ``as_of``."""
    standings = []
    for progress in _PHRASES:
        links = tuple(map(_link, (commitment for commitment in commitments if commitment.progress == progress)))
        if links:
            standings.append(Standing(progress, PROGRESS_WORDS[progress], PROGRESS_MEANINGS[progress], links))
    overdue = tuple(_link(commitment) for commitment in commitments if commitment.is_overdue(as_of))
    return CharterView(_sentence(len(commitments), standings, len(overdue)), tuple(standings), overdue)


def _sentence(total: int, standings: Sequence[Standing], overdue: int) -> str:
    if not total:
        return ""
    counts = [_count(standing) for standing in standings]
    listed = " and ".join(filter(None, (", ".join(counts[:-1]), counts[-1])))
    whole = "Of our one commitment" if total == 1 else f"Of our {total} commitments"
    late = {0: "No review is", 1: "1 review is"}.get(overdue, f"{overdue} reviews are")
    return f"{whole}, {listed}. {late} late."


def _count(standing: Standing) -> str:
    number = len(standing.commitments)
    return f"{number} {_PHRASES[standing.progress][number > 1]}"


def _link(commitment: Commitment) -> Link:
    return Link(commitment.title, commitment.permalink)
