"""Pictures: each made ready for every screen and connection, once, and social cards drawn from titles.

A picture beside an entry becomes AVIF, WebP and JPEG (PNG where it is see-through) of up to three widths, without any
metadata. A page that others link to gets a card with words only; that of a story shows its section, never the story.

Settings: ``CACHE_PATH``; what was made is kept in its folder ``images`` and made again only when the source, the recipe
or Pillow changes. The folder may be deleted at any time. Stages: ``library_loaded`` (encodes and draws what is not in
the cache), ``bodies_ready`` (plans the files that live pages show). Writes ``/images/<hash>-<width>.<suffix>`` and
``/social/<name>-<hash>.png``.
"""

from plugins.images.plugin import register

__all__ = ["register"]
