"""Select recent articles, and articles that share topics with an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from plugins.content_model.article import Article
from plugins.content_model.entry import Entry


def recent(articles: Sequence[Article], *, exclude: Entry | None, count: int) -> tuple[Article, ...]:
    """Return the first ``count`` of ``articles`` without ``exclude``, the entry of the page."""
    found: list[Article] = []
    for article in articles:
        if len(found) == count:
            break
        if article is not exclude:
            found.append(article)
    return tuple(found)


class Rankings:
    """Ranks articles by the number of topics that they share with an entry.

    A set of articles is an integer in which bit 0 is the newest article. Bitwise operations on thousands of articles
    are faster than counting the topics of each article for each entry.

    Args:
        articles: the live articles, in the order of the site.
        by_topic: the live entries of each topic.
    """

    def __init__(self, articles: Sequence[Article], by_topic: Mapping[str, Iterable[Entry]]) -> None:
        self._articles = articles
        self._indexes = {id(article): index for index, article in enumerate(articles)}
        self._by_topic = {topic: self._set_of(entries) for topic, entries in by_topic.items()}

    def related(self, entry: Entry, *, count: int) -> tuple[Article, ...]:
        """Return the ``count`` articles that share most topics with ``entry``, newer articles first among equals."""
        indexes = islice(self._best(frozenset(entry.topics), ~self._set_of((entry,))), count)
        return tuple(self._articles[index] for index in indexes)

    def _best(self, topics: Collection[str], candidates: int) -> Iterator[int]:
        """Yield the indexes of the articles in ``candidates`` that have any of ``topics``, best first."""
        # Item n contains the articles with at least n of the topics.
        with_topics = [candidates, *(0 for _ in topics)]
        for topic in topics:
            articles = self._by_topic.get(topic, 0)
            for number in range(len(topics), 0, -1):
                with_topics[number] |= with_topics[number - 1] & articles
        with_more = 0
        for articles in reversed(with_topics[1:]):
            yield from _indexes(articles & ~with_more)
            with_more = articles

    def _set_of(self, entries: Iterable[Entry]) -> int:
        """Return the set of those of ``entries`` that are articles."""
        bits = bytearray(len(self._articles) // 8 + 1)
        for entry in entries:
            index = self._indexes.get(id(entry))
            if index is not None:
                bits[index // 8] |= 1 << index % 8
        return int.from_bytes(bits, "little")


def _indexes(articles: int) -> Iterator[int]:
    """Yield the indexes in a set of articles, the newest first."""
    while articles:
        newest = articles & -articles
        yield newest.bit_length() - 1
        articles ^= newest
