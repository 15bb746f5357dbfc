"""Words: what is searched for in a text. The script of the search page splits what a reader types in the same way."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’")


def words(text: str) -> list[str]:
    """Return the words of ``text`` in its order: lower case, without accents and apostrophes."""
    plain = text
    # Most titles have nothing to take off, and a large site has many.
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _WORD.findall(plain.translate(_APOSTROPHES).lower())
