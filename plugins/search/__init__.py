"""Build an index that the browser searches, and a list of every page for browsers without scripts.

What a reader types never leaves the page. The index is a script module and not a JSON file, because a module may be
loaded under the site's policy, which lets pages fetch nothing. It holds the words of titles, summaries, headings,
topics and texts, help contacts, and two registers: ``synonyms.yaml``, common words for things, and ``crisis.yaml``, the
words that show a card of help above all results.

Settings: ``SEARCH_LIMIT``, the most bytes that one search may load, gzipped; a larger index is split into parts, and a
search loads those with its words; ``SEARCH_LIST_LIMIT``, the most links on one page of the list from A to Z; a longer
list has pages of its own for each letter. Stages: ``bodies_ready``; it sets ``build.listings.search``. Writes
``/search/index-<hash>.js`` and, for a large site, ``/search/words-<hash>.js``.
"""

from plugins.search.plugin import register

__all__ = ["register"]
