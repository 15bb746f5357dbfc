"""Reading age: how old a child must be, on average, to read a passage with ease.

Flesch and Kincaid's grade (1975), from the length of sentences and of words, and five years for the age at which a
grade begins. A formula sees no meaning: what it says is advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: The most words of a sentence that is still easy: the choice of this house; GOV.UK asks for no more than 25.
LONGEST_SENTENCE = 20
#: What the organisation writes for.
OLDEST_AGE = 11
#: Of fewer words a formula says nothing.
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


#: Names, and words that pages about drink, drugs and recovery cannot do without: nobody can write a shorter one.
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: where it begins in its passage, and how many words it has."""

    start: int
    text: str
    words: int


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a passage, with their places."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        piece = text[start:end]
        count = len(_WORD.findall(piece))
        if count:
            yield Sentence(start + len(piece) - len(piece.lstrip()), " ".join(piece.split()), count)
        start = end


def syllables(word: str) -> int:
    """Return about how many syllables ``word`` has, at least 1.

    Letters alone do not tell exactly. Over the texts of the site the sum is within 2 % of a pronouncing dictionary's,
    which takes longer to load than all else takes; a test compares the two.
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


def reading_age(text: str) -> float:
    """Return the reading age of ``text``, in years; 0 without words."""
    counts = [sentence.words for sentence in sentences_of(text)]
    weights = [_weight(match) for match in _WORD.finditer(text)]
    if not counts:
        return 0
    grade = 0.39 * sum(counts) / len(counts) + 11.8 * sum(weights) / len(weights) - 15.59
    return grade + 5
