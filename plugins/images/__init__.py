"""Encode pictures in several formats and widths, and draw social cards from titles.

A picture becomes AVIF, WebP and JPEG (PNG where it is transparent) files of up to three widths, without metadata. A
social card contains only words. The card of a story is that of its section.

Settings: ``CACHE_PATH``. Its folder ``images`` contains the encoded files until the source, the options or Pillow
changes. It may be deleted at any time. Stages: ``library_loaded`` (encodes what is not in the cache),
``bodies_ready`` (plans the files that live pages show). Writes ``/images/<hash>-<width>.<suffix>`` and
``/social/<name>-<hash>.png``.
"""

from plugins.images.plugin import register

__all__ = ["register"]
