"""The door of Markdown to the build."""

from __future__ import annotations

from plugins.content_model.build import Build, bodies_wanted, library_loaded
from plugins.content_model.problem import Problem
from plugins.markdown_blocks.bodies import Bodies
from plugins.markdown_blocks.links import check_anchors
from plugins.markdown_blocks.outline import outline


def offer_outline(build: Build) -> None:
    """Give the build the one way in which sources of Markdown are read, line by line."""
    build.outline = outline


def render_bodies(build: Build) -> None:
    """Give the build the body of every entry, drafts too: mistakes are told before it is published."""
    bodies = Bodies(build)
    rendered = bodies.of([entry for entry in build.library.entries if build.wants(entry.source.path)])
    linked = {use.target_path for one in rendered.values() for use in one.links if use.anchor} - rendered.keys()
    # Where only some files are looked at, a link may lead to a part of another.
    others = bodies.of([entry for entry in build.library.entries if entry.source.path in linked])
    for path, one in rendered.items():
        build.bodies[path] = one.body
        build.problems.extend(problem for problem in one.problems if not _follows_from_another(problem, build))
    anchors = {path: one.anchors for path, one in (rendered | others).items()}
    build.problems.extend(check_anchors([use for one in rendered.values() for use in one.links], anchors))


def _follows_from_another(problem: Problem, build: Build) -> bool:
    """Tell whether what ``problem`` misses may stand where a mistake, told already, keeps it from being read."""
    if problem.name == "unknown-contact":
        return build.library.may_hold_more("register/help.yaml") or len(build.contacts) < len(build.library.contacts)
    return problem.name == "unknown-commitment" and build.library.may_hold_more("commitments/")


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(offer_outline)
    bodies_wanted.connect(render_bodies)
