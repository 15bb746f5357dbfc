"""Split a text into the words that the search indexes. The script of the search page splits a query in the same way."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
#: The characters of ASCII by their codes, with a space in place of each that is no part of a word.
_PARTS_OF_WORDS = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))
#: Unicode categories of accents and of invisible characters, such as the soft hyphens in texts from a PDF.
_NO_LETTERS = frozenset({"Mn", "Mc", "Me", "Cf"})
_VOWEL = re.compile("[aeiouy]")
_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1$")

#: The endings that stems lose: the ending, its replacement, and the least number of letters before it.
#: The index holds this table, and the script of the search page follows it.
ENDINGS = (
    ("ness", "", 4),
    ("less", "", 4),
    ("ss", "ss", 0),
    ("us", "us", 0),
    ("is", "is", 0),
    ("ies", "y", 2),
    ("s", "", 3),
    ("eed", "eed", 0),
    ("ing", "", 2),
    ("ed", "", 2),
    ("er", "", 5),
    ("ism", "", 5),
    ("ic", "", 6),
    ("ation", "at", 4),
    ("ating", "at", 4),
    ("ion", "", 4),
    ("ment", "", 4),
    ("ful", "", 4),
    ("ence", "", 5),
    ("ency", "", 5),
    ("ent", "", 5),
    ("ly", "", 4),
    ("li", "", 4),
    ("al", "", 5),
)
#: How often a word may lose an ending: "hopelessness" loses three.
ROUNDS = 3
#: Letters of a word that is too short to have an ending.
_SHORT = 3

#: Words that nearly every text contains, as they are typed. The index leaves them out.
COMMON = frozenset(
    """
    a about after again all also am an and any are as at be because been before being but by can cannot cant could
    did do does doing dont each even for from get gets getting go going got had has have having he her here hers him
    his how i if im in into is isnt it its ive just like make many may me might more most much my need no not now of
    off on one only or other our out over own please really s she should so some such t than that thats the their
    them then there these they thing this those through to too up us very want wants was we were what when where
    which while who why will with would you your
    """.split()  # noqa: SIM905 - a list of words is read as words
)


def words(text: str) -> list[str]:
    """Return the words of ``text`` in its order: lower case, without accents and apostrophes, ligatures as letters."""
    plain = text.replace("’", "'")
    if not plain.isascii():
        plain = _NOT_ASCII.sub(_without_accents, unicodedata.normalize("NFKD", plain))
    plain = plain.replace("'", "").lower()
    # Most texts are ASCII by now, which is split several times as fast.
    return plain.translate(_PARTS_OF_WORDS).split() if plain.isascii() else _WORD.findall(plain)


def _without_accents(characters: re.Match[str]) -> str:
    """Return ``characters``, which are not ASCII, with a space for each that is no part of a word."""
    kept = (c for c in characters[0] if unicodedata.category(c) not in _NO_LETTERS)
    return "".join(c if c.isalnum() else " " for c in kept)


def stem(word: str) -> str:
    """Return the part of ``word`` that it shares with its other forms: "cravings" and "craving" have one stem.

    A word of fewer than four letters loses no ending, because "gas" is no form of "ga". One of two letters stays
    as it is.
    """
    is_long = len(word) > _SHORT
    for _ in range(ROUNDS if is_long else 0):
        ending = next((ending for ending in ENDINGS if _fits(word, ending)), None)
        if ending is None or ending[0] == ending[1]:
            break
        word = word[: len(word) - len(ending[0])] + ending[1]
    if is_long:
        word = _TWICE.sub(r"\1", word)
    if len(word) >= _SHORT:
        word = word.removesuffix("e")
    return f"{word[:-1]}i" if word.endswith("y") else word


class Stems(dict[str, str]):
    """The stems of words, each computed once, because the texts of a site share most of their words."""

    def __missing__(self, word: str) -> str:
        self[word] = stem(word)
        return self[word]


def _fits(word: str, ending: tuple[str, str, int]) -> bool:
    if not word.endswith(ending[0]):
        return False
    rest = word[: len(word) - len(ending[0])]
    return ending[0] == ending[1] or (len(rest) >= ending[2] and _VOWEL.search(rest) is not None)
