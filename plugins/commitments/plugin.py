"""Register the commitments with the build."""

from __future__ import annotations

from plugins.commitments.history import check_log
from plugins.commitments.summary import summarise
from plugins.content_model.commitment import Commitment
from plugins.engine.build import Build, bodies_ready, library_loaded


def check(build: Build) -> None:
    """Report each commitment whose log does not cover it, and invalid days in drafts."""
    for entry in build.library.entries:
        if isinstance(entry, Commitment):
            build.problems.extend(check_log(entry, build.library.as_of))


def show(build: Build) -> None:
    """Set the summary of all commitments on the build."""
    build.listings.charter = summarise(build.library.commitments, build.assets.contacts, build.library.as_of)


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(check)
    bodies_ready.connect(show)
