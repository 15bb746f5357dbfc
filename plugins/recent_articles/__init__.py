"""Show cards of the newest articles, and of articles with the same topics, beside pages.

Settings: ``RECENT_ARTICLES_COUNT``, ``RELATED_ARTICLES_COUNT``. Stages: ``bodies_ready``. Writes nothing.
"""

from plugins.recent_articles.plugin import register

__all__ = ["register"]
