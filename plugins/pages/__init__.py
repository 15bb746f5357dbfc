"""Plan the pages of the site and render them with the theme.

``Pages`` (``pages.py``, with ``lists.py``, ``search_pages.py`` and ``withdrawn_page.py``) returns every ``SitePage``.
``PageRenderer`` renders one. ``indexing.py`` decides which pages are ``noindex``.

Settings: ``PAGE_SIZE``, ``HOME_STORIES``, ``HOME_COMMITMENTS``, ``NAVIGATION``, ``FOOTER``, ``EXIT_URL``. Stages:
``library_loaded`` (the theme), ``pages_wanted`` (the pages). Writes every page.
"""

from plugins.pages.plugin import register

__all__ = ["register"]
