"""Anchor: the id of a heading, made of its words."""

from __future__ import annotations

from slugify import slugify

#: Ids that every page already has, from its templates.
RESERVED = frozenset({"content"})

_REPLACEMENTS = (("'", ""), ("’", ""), ("£", ""), ("&", " and "), ("%", " percent"))


def anchor(text: str, separator: str = "-") -> str:
    """Return the id of a heading.

    Args:
        text: the heading's words, plain.
        separator: what to put between words.

    Returns:
        Lowercase ASCII; ``section`` for a heading without a letter or a number.
    """
    slug = slugify(text, separator=separator, replacements=_REPLACEMENTS) or "section"
    return f"{slug}{separator}section" if slug in RESERVED else slug
