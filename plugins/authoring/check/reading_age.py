"""Compute the reading age: how old a child must be, on average, to read a passage with ease.

It is the grade of Flesch and Kincaid (1975), from the length of sentences and words, plus five years. A formula does
not see meaning, so its result is advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

#: The most words of an easy sentence, as this site chooses it. GOV.UK advises 25 at most.
LONGEST_SENTENCE = 20
#: The reading age that the organisation writes for, in years.
OLDEST_AGE = 11
#: The formula needs at least this many words.
FEWEST_WORDS = 40

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|[^\W_]+(?:['’\-\u2011][^\W_]+)*")
_END = re.compile(
    r"""(?<![A-Z]\.[A-Z])(?<!\s[A-Z])(?<!\b[Dd]r)(?<!\bMrs)(?<!\bMr)(?<!\bSt)   # not after initials and titles
    (?<![.!?…]) [.!?…]++ ["'”’)]*+ (?=\s++["'“‘(]?[A-Z0-9] | \s*+$)
    """,
    re.VERBOSE,
)
_VOWELS = re.compile(r"[aeiouy]+")
_NOT_LETTERS = re.compile(r"[^a-z]")
#: Two vowels that are spoken as two: di-al, sci-ence, vari-ous, be-ing, cre-ate, du-al.
_APART = re.compile(r"ia|io(?![un])|iu|eo(?!ple)|ua[^r]|[eoy]ing|iet|ieni|[vr]iou")
_SILENT_ES = re.compile(r"(?<=[^aeiousxzclg])(?<!ch)(?<!sh)es$")
_SILENT_ED = re.compile(r"(?<=[^aeiouytd])ed$")
#: Words of two parts whose first ends in a silent e.
_COMPOUND = re.compile(r"^(?:some|every|where|there|home|safe|care|hope|side|guide|life|time|make|take)(?=[a-z]{3})")


#: Words that pages about drink, drugs and recovery need and cannot replace with shorter ones.
_SUBJECT = frozenset(
    {
        "addiction",
        "alcohol",
        "benzodiazepines",
        "community",
        "craving",
        "cravings",
        "emergency",
        "medical",
        "naloxone",
        "opioid",
        "opioids",
        "overdose",
        "recovery",
        "treatment",
        "withdrawal",
    }
)
_GIVEN_SYLLABLES = 2


class Sentence(Struct, frozen=True):
    """A sentence: where it begins in its passage, and how many words it has."""

    start: int
    text: str
    words: int


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a passage, with their places."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        part = text[start:end]
        count = len(_WORD.findall(part))
        if count:
            yield Sentence(start + len(part) - len(part.lstrip()), " ".join(part.split()), count)
        start = end


def syllables(word: str) -> int:
    """Return about how many syllables ``word`` has, at least 1.

    The count is an estimate from the letters. Over the texts of the site the sum is within 2 % of a pronouncing
    dictionary, which takes longer to load than the whole check. A test compares the two.
    """
    letters = _NOT_LETTERS.sub("", word.lower().split("'")[0].split("’")[0])
    letters = _COMPOUND.sub(lambda match: match[0][:-1], letters)
    number = len(_VOWELS.findall(letters))
    if (
        (number > 1 and letters.endswith("e") and not letters.endswith(("le", "ee", "ie", "ye", "oe", "ue")))
        or (number > 1 and letters.endswith("le") and letters[-3:-2] in "aeiou")
        or (number > 1 and (_SILENT_ES.search(letters) or _SILENT_ED.search(letters)))
    ):
        number -= 1
    return max(1, number + len(_APART.findall(letters)))


def _weight(match: re.Match[str]) -> int:
    """Return the syllables that a word of a passage counts for."""
    number = sum(map(syllables, match[0].split("-")))
    before = match.string[: match.start()].rstrip()
    is_name = match[0][0].isupper() and before != "" and before[-1] not in '.!?…:"“'
    return min(number, _GIVEN_SYLLABLES) if is_name or match[0].lower() in _SUBJECT else number


def reading_age(*texts: str) -> float:
    """Return the reading age of ``texts``, each made of whole sentences, in years; 0 without words."""
    counts = [sentence.words for text in texts for sentence in sentences_of(text)]
    weights = [_weight(match) for text in texts for match in _WORD.finditer(text)]
    if not counts:
        return 0
    grade = 0.39 * sum(counts) / len(counts) + 11.8 * sum(weights) / len(weights) - 15.59
    return grade + 5
