"""Choosing: which articles stand beside a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from plugins.content_model.article import Article
from plugins.content_model.entry import Entry


def recent(articles: Sequence[Article], *, beside: Entry | None, count: int) -> tuple[Article, ...]:
    """Return the newest ``count`` of ``articles`` (in the order of the site), leaving out the entry that one is on."""
    found: list[Article] = []
    for article in articles:
        if len(found) == count:
            break
        if article is not beside:
            found.append(article)
    return tuple(found)


class Rankings:
    """Ranks articles by how many topics they share with an entry.

    A set of articles is one whole number: bit 0 is the newest article, bit 1 the next. What thousands of articles have
    in common is found in a few operations on such numbers, where counting would look at each article for each entry.

    Args:
        articles: the live articles, in the order of the site.
        by_topic: the live entries of each topic.
    """

    def __init__(self, articles: Sequence[Article], by_topic: Mapping[str, Iterable[Entry]]) -> None:
        self._articles = articles
        self._places = {id(article): place for place, article in enumerate(articles)}
        self._by_topic = {topic: self._set_of(entries) for topic, entries in by_topic.items()}

    def related(self, *, beside: Entry, count: int) -> tuple[Article, ...]:
        """Return the ``count`` articles that share most topics with ``beside``; the newer first of those that tie."""
        places = islice(self._best(frozenset(beside.topics), ~self._set_of((beside,))), count)
        return tuple(self._articles[place] for place in places)

    def _best(self, topics: Collection[str], wanted: int) -> Iterator[int]:
        """Yield the places of the articles that have any of ``topics`` and are in ``wanted``, best first."""
        # At [number]: the articles that have so many of the topics, or more.
        having = [wanted, *(0 for _ in topics)]
        for topic in topics:
            articles = self._by_topic.get(topic, 0)
            for number in range(len(topics), 0, -1):
                having[number] |= having[number - 1] & articles
        more = 0
        for articles in reversed(having[1:]):
            yield from _places(articles & ~more)
            more = articles

    def _set_of(self, entries: Iterable[Entry]) -> int:
        """Return those of ``entries`` that are articles of the site."""
        found = bytearray(len(self._articles) // 8 + 1)
        for entry in entries:
            place = self._places.get(id(entry))
            if place is not None:
                found[place // 8] |= 1 << place % 8
        return int.from_bytes(found, "little")


def _places(articles: int) -> Iterator[int]:
    """Yield the places of a set of articles, the newest first."""
    while articles:
        newest = articles & -articles
        yield newest.bit_length() - 1
        articles ^= newest
