"""Publishing: what hosts need besides the pages. So far: old addresses lead to where their entries live now.

Stages: ``pages_wanted``. Writes a small page at each alias, and ``_redirects``.
"""

from plugins.publishing.plugin import register

__all__ = ["register"]
