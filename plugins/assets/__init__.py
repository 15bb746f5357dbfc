"""Inline the CSS that each page uses, publish fonts and scripts under hashed names, and static files unchanged.

Styles are inline because a separate file would double the waiting time on a slow connection. A page contains only the
rules that its elements can use, and a security policy that allows only this style, by its hash.

Settings: none. Stages: ``library_loaded``. Writes ``/theme/<font>-<hash>.woff2`` for each font of the theme,
``/theme/<component>-<hash>.js`` for the script of each component that has one, and every file of ``theme/static`` at
the root of the site. Warns of colours that are too hard to tell apart.
"""

from plugins.assets.plugin import register

__all__ = ["register"]
