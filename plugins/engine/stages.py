"""Load the content into a ``Build`` and run its stages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from plugins.base.cache import Cache
from plugins.base.files import Files
from plugins.content_model.loader import load
from plugins.content_model.to_dos import to_dos_in
from plugins.engine.build import STAGES, Build
from plugins.engine.incremental.options import SETTINGS
from plugins.engine.settings import SiteSettings


def load_build(
    settings: Mapping[str, Any],
    cache: Cache,
    files: Files | None = None,
    *,
    is_check: bool = False,
    only: Collection[str] | None = None,
) -> Build:
    """Return a build with its library loaded and none of its stages run.

    Args:
        settings: all of Pelican's settings.
        cache: the results of costly steps in earlier builds.
        files: the files of the content folder; read from disk when None.
        is_check: as in ``Build``.
        only: as in ``Build``.

    Raises:
        SettingsError: when a setting cannot be used.
    """
    site = SiteSettings.from_pelican(settings)
    files = files or Files(Path(settings["PATH"]))
    library, problems = load(
        files, as_of=site.as_of, release=site.release, drafts=site.drafts, documents=dict(site.documents), cache=cache
    )
    build = Build(site, settings, library, files, cache, is_check, only)
    build.problems.extend(problems)
    for name in SETTINGS:
        build.problems.extend(to_dos_in(build.content, f"../{name}"))
    return build


def run_stages(build: Build, before_stage: Callable[[Build], None] | None = None) -> None:
    """Send the stages of ``build`` in order.

    Args:
        build: a build with its library loaded.
        before_stage: called with the build before each stage, for a caller that shows problems as they are found.
    """
    for stage in STAGES:
        if before_stage is not None:
            before_stage(build)
        stage.send(build)
