"""Robots: what is said to programs that read the whole site (RFC 9309).

Programs ask for this file at the root of a host only. A site below a path has its file below that path, where nobody
looks: whoever keeps the host's own file adds the line ``Sitemap:`` of ours to it, or tells search engines by hand.
"""

from __future__ import annotations

PATH = "/robots.txt"


def robots(sitemap: str) -> str:
    """Return the file: everything may be read. What no search may show says so itself, which only a reader can see.

    Args:
        sitemap: the whole address of the map of the site.
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
