"""Excerpt: the few words that stand for an entry on cards, in search results and in feeds."""

from __future__ import annotations

from plugins.content_model.fields import SUMMARY_LENGTH

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_LOOSE_END = " ,;:\N{EN DASH}\N{EM DASH}-(\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}"


def excerpt(summary: str | None, first_paragraph: str, length: int = SUMMARY_LENGTH) -> str:
    """Return the summary, or the first paragraph cut at a word.

    Args:
        summary: what the author wrote, or None.
        first_paragraph: plain text of the body's first paragraph.
        length: the most characters that the cut may have, ellipsis included.
    """
    if summary:
        return summary
    text = " ".join(first_paragraph.split())
    if len(text) <= length:
        return text
    room = text[: length - len(_ELLIPSIS) + 1]
    words = room.rpartition(" ")[0] or room[:-1]
    return words.rstrip(_LOOSE_END) + _ELLIPSIS
