"""Assets: the theme's styles as one file named by its content, and the theme's static files as they are.

Stages: ``library_loaded``. Writes ``/theme/site-<hash>.css`` and every file of ``theme/static`` at the root of the
site.
"""

from plugins.assets.plugin import register

__all__ = ["register"]
