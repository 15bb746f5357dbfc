"""Register the stories with the build."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from plugins.base.problem import Problem
from plugins.content_model.markdown_line import Line
from plugins.content_model.story import Story
from plugins.engine.build import Build, bodies_ready, library_loaded, render_bodies
from plugins.stories.image_consent import check_pictures
from plugins.stories.withdrawal import Withdrawals


def check_words(build: Build) -> None:
    """Report wording that could identify somebody or teach harm."""
    for entry in build.library.entries:
        if isinstance(entry, Story):
            build.problems.extend(
                build.cache.get_or_compute(
                    "story-wording",
                    (entry.source.text, build.site.name),
                    partial(_wording, entry, build.texts.outline, build.site.name),
                )
            )


def _wording(story: Story, outline: Callable[[str], Iterable[Line]], organisation: str) -> tuple[Problem, ...]:
    # Imported here, because compiling its patterns takes 0.1 s and the cache often has the result.
    from plugins.stories.wording_rules import check_wording  # noqa: PLC0415

    return tuple(check_wording(story, outline, organisation))


def check_bodies(build: Build) -> None:
    """Report pictures in the bodies of stories without consent to pictures."""
    for entry in build.library.entries:
        if isinstance(entry, Story) and entry.source.path in build.texts.bodies:
            build.problems.extend(check_pictures(entry, build.texts.bodies[entry.source.path].html))


def sweep_copies(build: Build) -> None:
    """Delete the copies that a withdrawal kept for a day, after that day."""
    with contextlib.suppress(OSError):
        Withdrawals(build.content, Path(build.settings["CACHE_PATH"])).sweep()


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(sweep_copies)
    render_bodies.connect(check_words)
    bodies_ready.connect(check_bodies)
