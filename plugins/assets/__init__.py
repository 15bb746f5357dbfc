"""Assets: the styles that each page needs, inside the page; scripts named by their content; static files as they are.

Styles stand in the page because a reader on a slow line would wait for a file of their own twice as long as for the
page. A page is given only the rules that its elements can use, and a security policy that allows these bytes by their
hash and nothing else.

Settings: none. Stages: ``library_loaded``. Writes ``/theme/<component>-<hash>.js`` for the script of each component
that has one, and every file of ``theme/static`` at the root of the site.
"""

from plugins.assets.plugin import register

__all__ = ["register"]
