"""Words: what is searched for in a text. The script of the search page splits what a reader types in the same way."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’")
#: Accents, and what nobody sees, such as hyphens that show only at the end of a line: texts from a PDF hold them.
_NO_LETTERS = frozenset({"Mn", "Mc", "Me", "Cf"})


def words(text: str) -> list[str]:
    """Return the words of ``text`` in its order: lower case, without accents and apostrophes, ligatures as letters."""
    plain = text
    # Most titles have nothing to take off, and a large site has many.
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        plain = "".join(c for c in letters if unicodedata.category(c) not in _NO_LETTERS)
    return _WORD.findall(plain.translate(_APOSTROPHES).lower())
