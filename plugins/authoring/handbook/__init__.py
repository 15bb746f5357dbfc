"""The handbook for authors: how to write for the site. It is built with the theme of the site and never published.

Its chapters are Markdown files in ``docs/handbook/``, read by the same rules as any entry. Some fences are its own:
``example`` is shown as written and as rendered, ``file`` is a whole file, ``mistake`` and ``problem`` are a mistake and
its report, and ``fields KIND``, ``blocks`` and ``problems A-Z`` become tables of the models, the kinds of block and
``problems.yaml`` (from one first letter to another).

Its examples name contacts, promises and pictures of our own content: a site made from another folder has no handbook.
A release has none either: no page, no address, nothing in a search, a feed or a list.

Settings: ``HANDBOOK_PATH`` ("" for none), ``HANDBOOK_OF``, ``RELEASE``. Stages: ``bodies_ready`` (adds the pages).
Writes nothing: ``pages`` makes the pages, below ``/handbook/``.
"""

from plugins.authoring.handbook.plugin import register

__all__ = ["register"]
