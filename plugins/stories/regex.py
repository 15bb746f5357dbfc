"""Patterns: regular expressions made of lists of words."""

from __future__ import annotations


def any_of(words: str) -> str:
    """Return a pattern for any of ``words``, one a line or separated by commas; each may be a pattern itself."""
    return f"(?:{'|'.join(word.strip() for line in words.strip().splitlines() for word in line.split(','))})"
