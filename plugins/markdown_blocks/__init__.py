"""Markdown blocks: turns the Markdown of every entry into safe HTML, and tells every slip with its place.

What authors may write is Markdown as Python-Markdown and pymdown-extensions read it, lists nested by two or three
spaces included, and six blocks of our own: ``quote``, ``reflection``, ``commitments``, ``call-to-action``,
``content-note`` and ``help``. Links lead to ``help:id``, to ``{filename}path``, to a heading, to an address of the
site or to the web. Whatever would be lost or printed as it is becomes a ``Problem`` at its line and column.

Settings: none. What a body may refer to comes with it, in a ``Context``. Signals: ``render_bodies`` of
``content_model.build``; it fills the bodies of the build. Files written: none.
"""

from plugins.markdown_blocks.plugin import register

__all__ = ["register"]
