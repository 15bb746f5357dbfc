"""Register the handbook with the build."""

from __future__ import annotations

from plugins.authoring.handbook.settings import HandbookSettings
from plugins.engine.build import Build, bodies_ready


def plan(build: Build) -> None:
    """Add the pages of the handbook, unless the build is a release or of another content folder."""
    settings = HandbookSettings.from_pelican(build.settings)
    if build.site.release or settings.folder is None or build.content.resolve() != settings.content.resolve():
        return
    # Imported here because it takes 8 ms, and no build of another site needs it.
    from plugins.authoring.handbook.pages import add_pages  # noqa: PLC0415

    add_pages(build, settings.folder)


def register() -> None:
    """Connect to the stages of the build."""
    bodies_ready.connect(plan)
