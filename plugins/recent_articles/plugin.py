"""The door of the recent articles to the build."""

from __future__ import annotations

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.permalink import HOME
from plugins.content_model.story import Story
from plugins.engine.build import Build, bodies_ready
from plugins.engine.build_parts import Sidebar
from plugins.recent_articles.related import Rankings, recent
from plugins.recent_articles.settings import RecentSettings
from plugins.views.views import Cards


def add_asides(build: Build) -> None:
    """Give the home page and every article, story and commitment the cards that stand beside it."""
    counts = RecentSettings.from_pelican(build.settings)
    library = build.library
    rankings = Rankings(library.articles, library.by_topic)
    entries = {entry.permalink: entry for entry in library.live if isinstance(entry, Article | Story | Commitment)}

    rows: dict[tuple[str, ...], Cards] = {}

    def shown(articles: tuple[Article, ...]) -> Cards:
        # Most pages share one row of cards.
        names = tuple(article.source.path for article in articles)
        if names not in rows:
            rows[names] = Cards(map(build.viewer.card, articles))
        return rows[names]

    def aside(address: str) -> Sidebar:
        entry = entries.get(address)
        if entry is None and address != HOME:
            return Sidebar()
        newest = shown(recent(library.articles, beside=entry, count=counts.recent))
        return Sidebar(newest, shown(rankings.related(beside=entry, count=counts.related)) if entry else ())

    build.listings.sidebar = aside


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(add_asides)
