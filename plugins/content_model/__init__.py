"""The content model: typed entries, registers, and the library of what readers may see.

The one package that every other plugin may import; it imports none of them.

Settings: ``SITENAME``, ``SITESUBTITLE``, ``SITEURL``, ``SITE_LANGUAGE``, ``SITE_CONTACT``, ``TIMEZONE``, ``AS_OF``,
``RELEASE``.
Signals: listens to ``get_generators``; sends the stages of ``build.py``.
Writes nothing.
"""

from plugins.content_model.plugin import register

__all__ = ["register"]
