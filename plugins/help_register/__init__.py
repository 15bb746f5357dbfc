"""The help register: every phone number of the site, from one file, in a form that can be read and dialled.

Settings: ``SITE_CONTACT``. Stages: ``library_loaded``, where it gives the build its contacts. Writes nothing.
"""

from plugins.help_register.plugin import register

__all__ = ["register"]
