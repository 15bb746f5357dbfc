"""Publishing: what hosts, search engines and browsers need besides the pages, and the way to them.

In a build: old addresses lead to where their entries live now, and hosts are told which addresses are gone.
After it (``inv publish``, ``inv rollback``, ``inv releases``): ``release/`` makes a folder that any host can serve,
``hosts/`` writes the rules of each kind of host, ``targets/`` send the release to one, ``publication.py`` switches to
it as a whole, and ``smoke_test.py`` requests a sample of it over HTTP.

Settings: ``ICON_LABEL``, ``PUBLISH_TARGET``, ``PUBLISH_RELOAD``, ``PUBLISH_CHECK``. Stages: ``bodies_ready``,
``pages_wanted``. Writes a small page at each alias, ``sitemap.xml`` (and its parts, where it is long), ``robots.txt``,
``.well-known/security.txt`` and ``site.webmanifest``, and ``answers.json`` beside the output folder.
"""

from plugins.publishing.plugin import register

__all__ = ["register"]
