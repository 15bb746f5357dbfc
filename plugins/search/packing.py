"""Pack the words of an index and the pages that contain them into few bytes that a script can read.

A packed text is a row of pairs, divided by spaces. The first of a pair is a stem: the number of letters that it shares
with the stem before it, as a digit of base 36, and its other letters. The second is a row of numbers, one for each
page: four times the number of pages skipped since the last one, plus the level of the word there. A number is written
in base 45, the lowest digit first. Each digit but the last has 45 added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from plugins.search.weights import Weighed

#: Characters of one byte that JSON does not escape.
_SIGNS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
_BASE = 45
_MOST_SHARED = 35

#: For each stem, the pages that hold it, in order, each with the level of the stem there, from 0 to 3.
Postings = Mapping[str, Sequence[tuple[int, int]]]


def postings(pages: Iterable[Weighed]) -> Postings:
    """Return for each stem the pages that hold it, given the stems of each page with their levels."""
    # Stems with the same level first, because there are far fewer of these than words on pages.
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, weighed in enumerate(pages):
        for stem_and_level in weighed.split():
            numbers[stem_and_level].append(number)
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for stem_and_level, in_order in numbers.items():
        level = int(stem_and_level[-1])
        found[stem_and_level[:-1]] += ((number, level) for number in in_order)
    return {stem: sorted(listed) for stem, listed in found.items()}


def pack(postings: Postings) -> dict[str, str]:
    """Return ``postings`` with the row of numbers of each stem."""
    return {stem: _pages(pages) for stem, pages in postings.items()}


def joined(packed: Mapping[str, str]) -> str:
    """Return packed postings as one text."""
    pieces: list[str] = []
    before = ""
    for stem, pages in sorted(packed.items()):
        shared = _shared(before, stem)
        pieces += (_SHARED[shared] + stem[shared:], pages)
        before = stem
    return " ".join(pieces)


_SHARED = "0123456789abcdefghijklmnopqrstuvwxyz"


def _shared(one: str, other: str) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        # JavaScript counts a character above U+FFFF as two.
        if first != second or count == _MOST_SHARED or first > "\uffff":
            break
        count += 1
    return count


def _pages(pages: Iterable[tuple[int, int]]) -> str:
    signs: list[str] = []
    last = -1
    for page, level in pages:
        number = (page - last - 1) * 4 + level
        last = page
        signs.append(_SHORT[number] if number < len(_SHORT) else _signs(number))
    return "".join(signs)


def _signs(number: int) -> str:
    """Return ``number`` as it is written."""
    signs = ""
    while number >= _BASE:
        signs += _SIGNS[_BASE + number % _BASE]
        number //= _BASE
    return signs + _SIGNS[number]


#: The numbers that are written with one or two digits.
_SHORT = tuple(map(_signs, range(_BASE * _BASE)))
