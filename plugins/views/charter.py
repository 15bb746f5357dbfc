"""Charter: what templates see of all commitments together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plugins.content_model.commitment import Progress
from plugins.views.views import ContactView, Link


@dataclass(frozen=True, slots=True)
class CommitmentStatus:
    """The commitments that stand at one word, such as ``Kept``.

    Attributes:
        progress: as in ``CommitmentView``.
        words: the same for a reader.
        meaning: what the words say, in a sentence.
        commitments: links to them, in the order of the site.
    """

    progress: Progress
    words: str
    meaning: str
    commitments: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CharterView:
    """All commitments at a glance.

    Attributes:
        sentence: the whole picture in words; "" when there is no commitment.
        standings: those words at which a commitment stands, the best first.
        overdue: links to the commitments whose review is late.
        redress: whom to talk to when one is not kept, each once.
        recorded_on: the day of the last entry in any record, or None.
    """

    sentence: str = ""
    standings: tuple[CommitmentStatus, ...] = ()
    overdue: tuple[Link, ...] = ()
    redress: tuple[ContactView, ...] = ()
    recorded_on: dt.date | None = None
