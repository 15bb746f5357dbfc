"""Manage the help register, the single source of every phone number on the site.

Numbers are written in ``content/register/help.yaml`` only. A number in any other text stops the build. A person
verifies each contact, and the verification expires. The build warns about expired contacts, and a release (``RELEASE``)
stops at expired crisis contacts unless ``HELP_EXPIRED_ALLOWED`` names them. The number 999 is required.

Settings: ``SITE_CONTACT``, ``RELEASE``, ``HELP_EXPIRED_ALLOWED``. Stages: ``library_loaded``, where it sets the
contacts of the build, and ``bodies_ready``, where it checks the help page. Writes nothing.
"""

from plugins.help_register.plugin import register

__all__ = ["register"]
