"""One build of the site: its stages, its cache, and how its files are put in place.

Settings: ``SITENAME``, ``SITESUBTITLE``, ``SITEURL``, ``SITE_LANGUAGE``, ``SITE_CONTACT``, ``TIMEZONE``, ``AS_OF``,
``RELEASE``, ``OUTPUT_RETENTION``; ``PELICAN_CLASS`` is ``AtomicPelican`` of ``site.py``.
Signals: listens to ``get_generators``; sends the stages of ``build.py``.
Writes the output folder and, beside it, ``manifest.json``: the files of the build with their sizes and hashes.
"""


def register() -> None:
    """Connect to Pelican."""
    # Imported here, so that modules of this package can be imported without Pelican.
    from plugins.engine.plugin import register as connect  # noqa: PLC0415

    connect()
