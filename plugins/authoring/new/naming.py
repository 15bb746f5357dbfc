"""Make the slug and the permanent id of a new entry."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from slugify import slugify

#: Signs with the words that people say; without these, `£5` becomes `ps5` and `&` is lost.
_SPOKEN = (
    ("£", " pounds "),
    ("€", " euros "),
    ("$", " dollars "),
    ("%", " per cent "),
    ("&", " and "),
    ("@", " at "),
    ("+", " plus "),
    ("½", " half "),
    ("'", ""),
    ("’", ""),
    ("‘", ""),
)
#: Longer addresses are cut off in messages and on paper.
_LONGEST_SLUG = 60
_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that resembles another
_ID_LENGTH = 12


def slug_of(title: str) -> str:
    """Return the last part of the address of something called ``title``; "" if no part of it can be in one."""
    amount = _amounts_in_order(title)
    return slugify(amount, replacements=_SPOKEN, max_length=_LONGEST_SLUG, word_boundary=True, save_order=True)


def _amounts_in_order(title: str) -> str:
    """Write `£5` as people say it: five pounds, not pounds five."""
    words = []
    for word in title.split(" "):
        sign, rest = word[:1], word[1:]
        words.append(f"{rest}{sign}" if sign in {"£", "€", "$"} and rest[:1].isdigit() else word)
    return " ".join(words)


def new_id(taken: Collection[str]) -> str:
    """Return a permanent id that is none of ``taken``."""
    while True:
        made = "".join(secrets.choice(_CHARACTERS) for _ in range(_ID_LENGTH))
        if made not in taken and not made.isdigit():
            return made
