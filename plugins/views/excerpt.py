"""Shorten an entry to an excerpt for cards, search results and feeds."""

from __future__ import annotations

from plugins.content_model.fields import SUMMARY_LENGTH

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_TRAILING = " ,;:\N{EN DASH}\N{EM DASH}-(\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"


def excerpt(summary: str | None, first_paragraph: str, length: int = SUMMARY_LENGTH) -> str:
    """Return the summary, or else the first paragraph, cut between two words.

    Args:
        summary: the summary of the front matter, or None.
        first_paragraph: plain text of the body's first paragraph.
        length: maximum number of characters of the cut paragraph, including the ellipsis.
    """
    if summary:
        return summary
    text = " ".join(first_paragraph.split())
    if len(text) <= length:
        return text
    room = text[: length - len(_ELLIPSIS) + 1]
    words = room.rpartition(" ")[0] or room[:-1]
    return words.rstrip(_TRAILING) + _ELLIPSIS
