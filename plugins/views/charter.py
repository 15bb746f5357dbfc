"""The view of all commitments together, for the charter page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plugins.content_model.commitment import Progress
from plugins.views.views import ContactView, Link


@dataclass(frozen=True, slots=True)
class CommitmentStatus:
    """The commitments that share a progress, such as ``kept``.

    Attributes:
        progress: as in ``CommitmentView``.
        words: label of the progress for readers, for example ``Kept``.
        meaning: one sentence that explains the label.
        commitments: links to them, in the order of the site.
    """

    progress: Progress
    words: str
    meaning: str
    commitments: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CharterView:
    """A summary of all commitments.

    Attributes:
        sentence: the summary in words, or "" without commitments.
        standings: the commitments by progress, the best first. A progress without commitments is left out.
        overdue: links to the commitments whose review is late.
        redress: contacts for a commitment that is not kept, each once.
        recorded_on: the day of the latest entry of any log, or None.
    """

    sentence: str = ""
    standings: tuple[CommitmentStatus, ...] = ()
    overdue: tuple[Link, ...] = ()
    redress: tuple[ContactView, ...] = ()
    recorded_on: dt.date | None = None
