"""Recent articles: the newest articles, and those that share a page's topics, as cards beside the page.

Settings: ``RECENT_ARTICLES_COUNT``, ``RELATED_ARTICLES_COUNT``. Stages: ``bodies_ready``. Writes nothing.
"""

from plugins.recent_articles.plugin import register

__all__ = ["register"]
