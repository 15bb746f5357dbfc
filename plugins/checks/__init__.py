"""Checks: what the site promises its readers, checked on what was built.

Two doors. In every build, the privacy receipt (``receipt/``): each file is read before any is put in place; a request
that would leave the site, a cookie or another store, a link that tells where its reader came from, a picture that tells
where it was taken, or the value of a private field stops the build. And `inv check-site` (``command.py``): it keeps
every page of a finished site to the rules of ``rules.py``, in real browsers and with other people's checkers.

Settings: none of its own; reads ``SITEURL`` and the strings of the settings file, which are public. Stages:
``output_made``.
Writes ``/privacy-receipt.json``; the page ``/privacy-receipt/`` that tells of it is a layout of ``rendering``.
"""

from plugins.checks.plugin import register

__all__ = ["register"]
