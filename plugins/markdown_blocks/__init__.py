"""Render the Markdown of every entry as safe HTML, and report mistakes with their positions.

The syntax is that of Python-Markdown and pymdown-extensions, with lists nested by two or three spaces and six blocks:
``quote``, ``reflection``, ``commitments``, ``call-to-action``, ``content-note`` and ``help``. Links refer to
``help:id``, ``{filename}path``, a heading, an address of the site or the web. Text that would be lost or shown as
markup is a ``Problem`` with line and column.

Settings: none. What a body may refer to is in its ``Context``. Stages: ``library_loaded``, ``render_bodies`` (renders
the bodies of the build). Writes nothing.
"""

from plugins.markdown_blocks.plugin import register

__all__ = ["register"]
