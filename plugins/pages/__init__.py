"""Rendering: which pages the site has, what each is given, and how they are put in place.

A page is a template and the inputs it declares (``pages.py``; ``lists.py`` for those that list what there is);
rendering is a pure function of both. Nothing is written before everything is rendered, and what is written replaces the
last good output file by file (``staging.py``).

Settings: ``PAGE_SIZE``, ``HOME_STORIES``, ``HOME_COMMITMENTS``, ``NAVIGATION``, ``FOOTER``, ``OUTPUT_RETENTION``;
``PELICAN_CLASS`` is ``Site`` of ``plugin.py``, which stops where Pelican would log an error and go on. Stages:
``library_loaded`` (the theme), ``pages_wanted`` (plans the pages). Writes every page, and beside the output folder
``manifest.json``: the files of the build with their sizes and hashes.
"""

from plugins.pages.plugin import register

__all__ = ["register"]
