"""Summarise all commitments by status."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from plugins.content_model.commitment import Commitment, Progress
from plugins.views.charter import CharterView
from plugins.views.views import ContactView

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
    redress = dict.fromkeys(commitment.redress for commitment in commitments)
    return CharterView(
        sentence=_sentence(commitments, sum(commitment.is_overdue(as_of) for commitment in commitments)),
        redress=tuple(contacts[key] for key in redress if key in contacts),
        recorded_on=max((entry.on for commitment in commitments for entry in commitment.log), default=None),
    )


def _sentence(commitments: Sequence[Commitment], overdue: int) -> str:
    if not commitments:
        return ""
    totals = Counter(commitment.progress for commitment in commitments)
    counts = [
        f"{totals[progress]} {phrases[totals[progress] > 1]}"
        for progress, phrases in _PHRASES.items()
        if totals[progress]
    ]
    listed = " and ".join(filter(None, (", ".join(counts[:-1]), counts[-1])))
    whole = "Of our one commitment" if len(commitments) == 1 else f"Of our {len(commitments)} commitments"
    late = {0: "No review is", 1: "1 review is"}.get(overdue, f"{overdue} reviews are")
    return f"{whole}, {listed}. {late} late."
