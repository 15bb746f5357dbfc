"""The views of progress and of all commitments together, for the charter page."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from plugins.content_model.commitment import PROGRESS_MEANINGS, PROGRESS_WORDS, Progress
from plugins.views.views import ContactView


class ProgressLabel(Struct, frozen=True):
    """A progress, such as ``kept``, with its label for readers and one sentence that explains the label."""

    progress: Progress
    words: str
    meaning: str


#: Every progress. The first four are the way from a new promise to one that is kept.
PROGRESS_LABELS = tuple(
    ProgressLabel(progress, words, PROGRESS_MEANINGS[progress]) for progress, words in PROGRESS_WORDS.items()
)


class CharterView(Struct, frozen=True):
    """A summary of all commitments.

    Attributes:
        sentence: the summary in words, or "" without commitments.
        redress: contacts for a commitment that is not kept, each once.
        recorded_on: the day of the latest entry of any log, or None.
    """

    sentence: str = ""
    redress: tuple[ContactView, ...] = ()
    recorded_on: dt.date | None = None
