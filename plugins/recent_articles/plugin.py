"""The door of the recent articles to the build."""

from __future__ import annotations

from plugins.content_model.article import Article
from plugins.content_model.build import Aside, Build, bodies_ready
from plugins.content_model.commitment import Commitment
from plugins.content_model.permalink import HOME
from plugins.content_model.story import Story
from plugins.content_model.views import Card
from plugins.recent_articles.choosing import Rankings, recent
from plugins.recent_articles.settings import RecentSettings


def add_asides(build: Build) -> None:
    """Give the home page and every article, story and commitment the cards that stand beside it."""
    counts = RecentSettings.from_pelican(build.settings)
    library = build.library
    viewer = build.viewer
    cards = {article.permalink: viewer.card(article) for article in library.articles}

    def shown(articles: tuple[Article, ...]) -> tuple[Card, ...]:
        return tuple(cards[article.permalink] for article in articles)

    build.asides[HOME] = Aside(shown(recent(library.articles, beside=None, count=counts.recent)))
    rankings = Rankings(library.articles, library.by_topic)
    for entry in library.live:
        if isinstance(entry, Article | Story | Commitment):
            build.asides[entry.permalink] = Aside(
                recent=shown(recent(library.articles, beside=entry, count=counts.recent)),
                related=shown(rankings.related(beside=entry, count=counts.related)),
            )


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(add_asides)
