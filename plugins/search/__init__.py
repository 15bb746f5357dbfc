"""Search: an index that a browser searches by itself, and a list of every page for those without scripts.

What a reader types never leaves the page. The index is a script module and not a JSON file, because a module may be
loaded under the site's policy, which lets pages fetch nothing.

Settings: ``SEARCH_LIMIT``, the most bytes that the index may take on its way, gzipped; a larger one is cut into parts,
of which a search loads those of its words' first letters; ``SEARCH_LIST_LIMIT``, the most links on one page of the list
from A to Z; a longer list has pages of its own for each letter. Stages: ``bodies_ready``; it sets
``build.listings.search``. Writes ``/search/index-<hash>.js`` and, for a large site, ``/search/words-<hash>.js``.
"""

from plugins.search.plugin import register

__all__ = ["register"]
