"""Register the recent-articles plugin with the build."""

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


def set_sidebar(build: Build) -> None:
    """Set ``build.listings.sidebar``, the cards beside the home page, articles, stories and commitments."""
    counts = RecentSettings.from_pelican(build.settings)
    library = build.library
    rankings = Rankings(library.articles, library.by_topic)
    entries = {entry.permalink: entry for entry in library.live if isinstance(entry, Article | Story | Commitment)}

    cards_by_paths: dict[tuple[str, ...], Cards] = {}

    def cards(articles: tuple[Article, ...]) -> Cards:
        # Most pages have the same recent articles.
        paths = tuple(article.source.path for article in articles)
        if paths not in cards_by_paths:
            cards_by_paths[paths] = Cards(map(build.viewer.card, articles))
        return cards_by_paths[paths]

    def sidebar(address: str) -> Sidebar:
        entry = entries.get(address)
        if entry is None and address != HOME:
            return Sidebar()
        newest = cards(recent(library.articles, exclude=entry, count=counts.recent))
        return Sidebar(newest, cards(rankings.related(entry, count=counts.related)) if entry else ())

    build.listings.sidebar = sidebar


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(set_sidebar)
