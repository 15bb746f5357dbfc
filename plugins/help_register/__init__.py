"""The help register: every phone number of the site, from one file, in a form that can be read and dialled.

A number is typed in ``content/register/help.yaml`` and nowhere else: one in any other text stops the build. Each
contact is verified by a person and expires; staff are told of those that nobody has verified in time, and a release
(``RELEASE``) stops at those that are for a crisis, unless ``HELP_EXPIRED_ALLOWED`` names them. 999 is never missing.

Settings: ``SITE_CONTACT``, ``RELEASE``, ``HELP_EXPIRED_ALLOWED``. Stages: ``library_loaded``, where it gives the build
its contacts; ``bodies_ready``, where it looks at the help page. Writes nothing.
"""

from plugins.help_register.plugin import register

__all__ = ["register"]
