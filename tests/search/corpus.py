"""Corpus: as many articles as a test asks for, the same ones each time, with words as varied as those of real texts."""

from __future__ import annotations

import random

from plugins.content_model.body import Heading
from plugins.content_model.lazy import Lazy
from plugins.search.index import Document

_SYLLABLES = [first + vowel for first in "bcdfghklmnprstvw" for vowel in ("a", "e", "i", "o", "u", "ai", "ea", "ou")]
_TOPICS = ("Alcohol", "Drugs", "Families and friends", "Getting help", "Wellbeing", "Work", "Treatment", "Students")


def corpus(size: int) -> list[Document]:
    """Return ``size`` articles with a title of five words, a summary of 22 and four headings of four words each.

    The words follow the law of natural texts: the nth most common one stands in about 1/n of the places.
    """
    lots = random.Random(20_261_123)  # noqa: S311 - a sample, not a secret
    vocabulary = ["".join(lots.choices(_SYLLABLES, k=lots.randint(1, 4))) for _ in range(4_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]

    def text(length: int) -> str:
        return " ".join(lots.choices(vocabulary, weights, k=length)).capitalize()

    return [
        Document(
            title=f"{text(5)} {number}",
            href=f"/articles/{text(4).lower().replace(' ', '-')}-{number}/",
            kind="Article",
            topics=tuple(lots.sample(_TOPICS, 2)),
            summary=f"{text(22)}.",
            headings=Lazy.of(tuple(Heading(2, "", text(4)) for _ in range(4))),
        )
        for number in range(size)
    ]
