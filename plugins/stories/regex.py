"""Build regular expressions from lists of words."""

from __future__ import annotations


def any_of(words: str) -> str:
    """Return a pattern for any of ``words``, separated by line breaks or commas. Each may be a pattern itself."""
    return f"(?:{'|'.join(word.strip() for line in words.strip().splitlines() for word in line.split(','))})"
