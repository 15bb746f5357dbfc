"""Create the id of a heading from its words."""

from __future__ import annotations

from slugify import slugify

#: Ids that the templates of every page use.
RESERVED = frozenset({"content"})

_REPLACEMENTS = (("'", ""), ("’", ""), ("£", ""), ("&", " and "), ("%", " percent"))


def anchor(text: str, separator: str = "-") -> str:
    """Return the id of a heading.

    Args:
        text: the heading as plain text.
        separator: between words.

    Returns:
        Lowercase ASCII; ``section`` for a heading without a letter or a number.
    """
    slug = slugify(text, separator=separator, replacements=_REPLACEMENTS) or "section"
    return f"{slug}{separator}section" if slug in RESERVED else slug
