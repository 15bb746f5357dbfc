"""Choosing: which articles stand beside a page."""

from __future__ import annotations

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


def related(by_topic: Mapping[str, Iterable[Entry]], *, beside: Entry, count: int) -> tuple[Article, ...]:
    """Return the ``count`` articles that share most topics with ``beside``; the newer first where they share as many.

    Args:
        by_topic: the live entries of each topic, in the order of the site.
        beside: the entry whose page it is for.
        count: how many at most.
    """
    shared: Counter[str] = Counter()
    articles: dict[str, Article] = {}
    for topic in beside.topics:
        for entry in by_topic.get(topic, ()):
            if isinstance(entry, Article) and entry is not beside:
                shared[entry.permalink] += 1
                articles[entry.permalink] = entry
    best = sorted(
        articles.values(),
        key=lambda article: (
            -shared[article.permalink],
            -article.published.toordinal() if article.published else 0,
            article.permalink,
        ),
    )
    return tuple(best[:count])
