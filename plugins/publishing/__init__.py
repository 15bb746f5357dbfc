"""Publishing: what hosts need besides the pages.

Old addresses lead to where their entries live now. The addresses of what was withdrawn answer that it is gone (410),
where the host can be told.

Stages: ``pages_wanted``. Writes a small page at each alias, ``_redirects``, and ``_hosts/nginx.conf``.
"""

from plugins.publishing.plugin import register

__all__ = ["register"]
