"""One build of the site: its stages, its cache, and how its files are put in place.

Settings: ``SITENAME``, ``SITESUBTITLE``, ``SITEURL``, ``SITE_LANGUAGE``, ``SITE_CONTACT``, ``TIMEZONE``, ``AS_OF``,
``RELEASE``, ``OUTPUT_RETENTION``; ``PELICAN_CLASS`` is ``AtomicPelican`` of ``site.py``.
Sends the stages of ``build.py``. Writes the output folder and, beside it, ``manifest.json``: the files of the build
with their sizes and hashes.
"""
