"""Write ``robots.txt`` (RFC 9309).

Crawlers request this file at the root of a host only. For a site below a path, the owner of the host adds the
``Sitemap:`` line to the host's own file, or submits the sitemap to search engines.
"""

from __future__ import annotations

PATH = "/robots.txt"


def robots(sitemap: str) -> str:
    """Return a ``robots.txt`` that allows everything.

    Pages that must stay out of search carry ``noindex``, which a crawler reads only if it may fetch the page.

    Args:
        sitemap: the absolute URL of the sitemap.
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
