"""The handbook for authors: how to write for the site, built into the site's own look, and never published.

Its chapters are Markdown files in ``docs/handbook/``, read by the same rules as any entry. Some fences are its own:
``example`` is shown as written and rendered beside it, ``file`` is a whole file, ``mistake`` and ``problem`` are what
goes wrong and what is then told, ``fields KIND``, ``blocks`` and ``problems`` become tables that are made from the
models, the kinds of block and ``problems.yaml``.

Its examples name contacts, promises and pictures of our own content: a site made from another folder has no handbook.
A release has none either: no page, no address, nothing in a search, a feed or a list.

Settings: ``HANDBOOK_PATH`` ("" for none), ``HANDBOOK_OF``, ``RELEASE``. Stages: ``bodies_ready`` (asks for the pages).
Writes nothing: ``rendering`` makes the pages, below ``/handbook/``.
"""

from plugins.authoring.handbook.plugin import register

__all__ = ["register"]
