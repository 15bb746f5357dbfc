"""Check stories against the consent of their narrators, and withdraw them.

The plugin checks the wording and pictures of each story. ``inv approve`` records the text that a narrator approved, and
``inv withdraw`` withdraws a story. The rules of consent are in ``content_model/story.py``.

Settings: ``RELEASE``, ``CACHE_PATH``. Stages: ``library_loaded``, ``render_bodies``, ``bodies_ready``.
Writes nothing to the site.
"""

from plugins.stories.plugin import register

__all__ = ["register"]
