"""Choosing: which articles stand beside a page."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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
    """Ranks articles by how many topics they share with an entry; entries of the same topics share one ranking.

    Args:
        articles: the live articles, in the order of the site.
        by_topic: the live entries of each topic.
    """

    def __init__(self, articles: Sequence[Article], by_topic: Mapping[str, Iterable[Entry]]) -> None:
        self._articles = articles
        places = {id(article): place for place, article in enumerate(articles)}
        self._by_topic = {
            topic: [places[id(entry)] for entry in entries if id(entry) in places]
            for topic, entries in by_topic.items()
        }
        self._made: dict[tuple[frozenset[str], int], list[Article]] = {}

    def related(self, *, beside: Entry, count: int) -> tuple[Article, ...]:
        """Return the ``count`` articles that share most topics with ``beside``; the newer first of those that tie."""
        # One more than is shown, because the entry itself may be among them.
        best = self._best(frozenset(beside.topics), count + 1)
        return tuple(article for article in best if article is not beside)[:count]

    def _best(self, topics: frozenset[str], count: int) -> list[Article]:
        if (topics, count) not in self._made:
            shared = Counter(place for topic in topics for place in self._by_topic.get(topic, ()))
            best = heapq.nsmallest(count, shared, key=lambda place: (-shared[place], place))
            self._made[topics, count] = [self._articles[place] for place in best]
        return self._made[topics, count]
