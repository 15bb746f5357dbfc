"""The content model: typed entries, registers, and the library of what readers may see.

The one package that every other plugin may import; it imports none of them.

Settings: ``SITENAME``, ``SITESUBTITLE``, ``SITEURL``, ``SITE_LANGUAGE``, ``SITE_CONTACT``, ``TIMEZONE``, ``AS_OF``,
``RELEASE``.
Signals: listens to ``get_generators``; sends the stages of ``build.py``.
Writes nothing.
"""


def register() -> None:
    """Connect to Pelican."""
    # Here and not above: whoever imports a noun of this package need not wait for Pelican.
    from plugins.content_model.plugin import register as connect  # noqa: PLC0415

    connect()
