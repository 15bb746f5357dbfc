"""Publishing: what hosts, search engines, browsers and finders of holes need besides the pages.

Old addresses lead to where their entries live now. The addresses of what was withdrawn answer that it is gone (410),
where the host can be told.

Settings: ``ICON_LABEL``. Stages: ``bodies_ready``, ``pages_wanted``. Writes a small page at each alias, ``_redirects``,
``_hosts/nginx.conf``, ``sitemap.xml`` (and its parts, where it is long), ``robots.txt``, ``.well-known/security.txt``
and ``site.webmanifest``.
"""

from plugins.publishing.plugin import register

__all__ = ["register"]
