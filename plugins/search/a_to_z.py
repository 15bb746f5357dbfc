"""List every page by the first letter of its title, for browsers that run no scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

from plugins.search.tokenizer import words
from plugins.views.search import LetterGroup
from plugins.views.views import Link

_NO_LETTER = "0–9"
#: The most groups of letters: more than Latin, Greek and Cyrillic have together, fewer than Chinese characters.
_MOST = 100


def letters(links: Iterable[Link]) -> tuple[LetterGroup, ...]:
    """Return ``links`` in groups, from A to Z; titles that begin with no letter come first."""
    groups: dict[str, list[Link]] = {}
    for (found, _), link in sorted((((words(link.label), link.href), link) for link in links), key=itemgetter(0)):
        first = (found or ["0"])[0][0].upper()
        groups.setdefault(first if first.isalpha() else _NO_LETTER, []).append(link)
    return tuple(_group(letter, found) for letter, found in groups.items())


def gathered(groups: Sequence[LetterGroup]) -> tuple[LetterGroup, ...]:
    """Return ``groups``. If there are too many to choose from, the last one holds all letters beyond A to Z."""
    if len(groups) <= _MOST:
        return tuple(groups)
    near = tuple(group for group in groups if _is_near(group))
    links = tuple(link for group in groups if not _is_near(group) for link in group.links)
    return (*near, LetterGroup("Other letters", links, "other", "another letter"))


def _is_near(group: LetterGroup) -> bool:
    return group.letter == _NO_LETTER or group.letter.isascii()


def _group(letter: str, links: Iterable[Link]) -> LetterGroup:
    if letter == _NO_LETTER:
        return LetterGroup(letter, tuple(links), "0-9", "no letter")
    return LetterGroup(letter, tuple(links), _key(letter), letter)


def _key(letter: str) -> str:
    """Return ``letter`` for addresses: itself from A to Z, otherwise the code points of its characters.

    One letter may be two characters, such as the capital form of the German sharp S.
    """
    if len(letter) == 1 and letter.isascii():
        return letter.lower()
    return "u" + "-".join(f"{ord(character):04x}" for character in letter)
