"""Corpus: as many articles as a test asks for, the same ones each time, with words as varied as those of real texts."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from string import ascii_uppercase

from plugins.base.fingerprint import Lazy
from plugins.search.index import SearchDocument, SearchIndex, best_words, index
from plugins.search.tokenizer import Stems
from plugins.search.vocabulary import Vocabulary
from plugins.search.weights import weighed

_SYLLABLES = [first + vowel for first in "bcdfghklmnprstvw" for vowel in ("a", "e", "i", "o", "u", "ai", "ea", "ou")]
_TOPICS = ("Alcohol", "Drugs", "Families and friends", "Getting help", "Wellbeing", "Work", "Treatment", "Students")
_SEED = 20_261_123


def corpus(size: int, *, length: int = 900) -> list[SearchDocument]:
    """Return ``size`` articles with a title of five words, a summary of 22, four headings of four and a long text.

    The words follow the law of natural texts: the nth most common one stands in about 1/n of the places.

    Args:
        size: how many articles.
        length: words of a text.
    """
    lots = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    text = _texts(lots)
    return [_document(lots, text, number, length) for number in range(size)]


def _document(lots: random.Random, text: Callable[[int], str], number: int, length: int) -> SearchDocument:
    title, summary = f"{text(5)} {number}", f"{text(22)}."
    words, best = weighed(title, (summary, *(text(4) for _ in range(4))), text(length), Stems())
    href = f"/articles/{text(4).lower().replace(' ', '-')}-{number}/"
    return SearchDocument(
        title, href, "Article", tuple(lots.sample(_TOPICS, 2)), summary, Lazy.of(words), Lazy.of(best)
    )


def made_index(documents: Sequence[SearchDocument], vocabulary: Vocabulary, limit: int, root: str = "") -> SearchIndex:
    """Return the index of ``documents`` as a build without a cache makes it."""
    best = partial(best_words, [document.best for document in documents], limit)
    return index(documents, vocabulary, best, limit=limit, root=root)


def long_titles(size: int) -> list[str]:
    """Return ``size`` titles of 15 such words, twice as long as any of ours; half begin with T."""
    lots = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    text = _texts(lots)
    return [f"{lots.choice(('T', lots.choice(ascii_uppercase)))}{text(15).lower()} {number}" for number in range(size)]


def _texts(lots: random.Random) -> Callable[[int], str]:
    """Return what makes a text of so many words."""
    vocabulary = ["".join(lots.choices(_SYLLABLES, k=lots.randint(1, 4))) for _ in range(4_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    return lambda length: " ".join(lots.choices(vocabulary, weights, k=length)).capitalize()
