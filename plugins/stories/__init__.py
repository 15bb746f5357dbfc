"""Stories: what may be published of somebody's life, and how it is taken back.

Checks the wording of each story and its pictures against its consent. Two commands belong to it: ``inv approve``
records the text that a narrator approved, ``inv withdraw`` takes a story back. The rules of consent themselves stand
in ``content_model/story.py``.

Settings: ``RELEASE``, ``CACHE_PATH``. Stages: ``library_loaded``, ``bodies_ready``. Writes nothing to the site.
"""

from plugins.stories.plugin import register

__all__ = ["register"]
