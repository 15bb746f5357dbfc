"""Register the Markdown plugin with the build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from plugins.base.cache import Computation, Sources
from plugins.base.problem import Problem
from plugins.content_model.entry import Entry
from plugins.content_model.entry_source import EntrySource
from plugins.content_model.library import Library
from plugins.content_model.link_targets import internal_addresses, removed_targets
from plugins.engine.build import Build, library_loaded, render_bodies
from plugins.markdown_blocks.anchor_check import check_anchors
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS, Need
from plugins.markdown_blocks.block_scanner import outline
from plugins.markdown_blocks.context import Context, LinkTarget, Rendered, paths_of
from plugins.markdown_blocks.render import LazyRenderer
from plugins.views.blocks import BlockView
from plugins.views.view_builder import ViewBuilder

#: Texts whose outlines are kept.
_OUTLINES = 8


def set_outline(build: Build) -> None:
    """Set ``build.texts.outline``, which classifies the lines of Markdown sources."""
    # Several checks read the same text in turn.
    build.texts.outline = lru_cache(_OUTLINES)(outline)


def render_all(build: Build) -> None:
    """Render the body of every entry, including drafts, so that mistakes are reported before publication."""
    entries = build.library.entries
    bodies = _Bodies(build)
    rendered = bodies.of(entry for entry in entries if build.wants(entry.source.path))
    uses = [use for one in rendered.values() for use in one.links]
    linked = {use.target_path for use in uses}
    # A check of some files needs the anchors of other files that they link to.
    missing = linked - rendered.keys()
    others = bodies.of(entry for entry in entries if entry.source.path in missing)
    for path, one in rendered.items():
        build.texts.bodies[path] = one.body
        build.problems.extend(problem for problem in one.problems if not _follows_from_another(problem, build))
    anchors = {
        path: one.anchors.value for path, one in (rendered | others).items() if path in linked and not one.given_up
    }
    build.problems.extend(check_anchors(uses, anchors))


class _Bodies:
    """Renders the bodies of one build, with a cache."""

    def __init__(self, build: Build) -> None:
        library = build.library
        viewer = ViewBuilder(library, bodies={}, pictures=build.media.pictures, contacts=build.assets.contacts)
        targets = {entry.source.path: _target(entry, library) for entry in library.entries}
        # A link to an unreadable file is no further problem.
        targets.update((path, LinkTarget("/", live=True, title=path)) for path in library.unread)

        def commitment_card(identifier: str) -> str:
            view = viewer.commitment(library.commitments_by_id[identifier])
            return build.assets.theme.component("commitment-card", commitment=view, heading_level=3)

        def help_card(identifier: str) -> str:
            return build.assets.theme.component(
                "help-contact", contact=build.assets.contacts[identifier], heading_level=3
            )

        glossary = library.registers.glossary
        values: dict[str, Any] = {"glossary": glossary, "root": build.site.root, "release": build.site.release}
        lookups: Sources = {
            "entries": targets,
            "paths": paths_of(targets),
            "permalinks": internal_addresses(library),
            "contacts": build.assets.contacts,
            "commitment_ids": library.commitments_by_id.keys(),
            "help_card": help_card,
            "commitment_card": commitment_card,
            "picture": build.media.pictures.get,
            "rejection": build.media.rejection,
            "document": build.media.document,
            "gone": removed_targets(library, release=build.site.release),
        }
        self._cache = build.cache
        self._values = values
        self._settings = (tuple(glossary.items()), build.site.root, build.site.release)
        self._lookups = lookups
        self._renderer = LazyRenderer()

    def of(self, entries: Iterable[Entry]) -> dict[str, Rendered]:
        """Return the rendered bodies of ``entries`` by file."""
        sources = [entry.source for entry in entries]
        jobs = [Computation((source.text, self._settings), partial(self._render, source)) for source in sources]
        made = self._cache.get_or_compute_many("body", self._lookups, jobs)
        return {source.path: rendered for source, rendered in zip(sources, made, strict=True)}

    def _render(self, source: EntrySource, lookups: Mapping[str, Any]) -> Rendered:
        context = Context(path=source.path, first_line=source.body_line, **self._values, **lookups)
        return self._renderer.render(source.body, context)


def _target(entry: Entry, library: Library) -> LinkTarget:
    """Return the link target of ``entry`` on the day of the build."""
    live, is_published, today = entry.is_live(library.as_of), entry.status == "published", library.as_of
    return LinkTarget(
        entry.permalink,
        live,
        entry.title,
        previewed=library.shows(entry) and not live,
        opens=entry.published if is_published and entry.published and entry.published > today else None,
        ended=entry.expires if is_published and entry.expires and entry.expires <= today else None,
    )


def block_views() -> tuple[BlockView, ...]:
    """Return the kinds of blocks for the documentation of authors."""
    return tuple(
        BlockView(
            name=kind.name,
            opener=kind.opener,
            says=kind.argument_is,
            says_needed=kind.argument is Need.REQUIRED,
            text=kind.body is not Need.NONE,
            needs_list=kind.needs_list,
            holds=tuple(sorted(kind.holds)),
        )
        for kind in BLOCK_KINDS.values()
    )


def _follows_from_another(problem: Problem, build: Build) -> bool:
    """Return whether ``problem`` may be caused by a register or commitment that could not be read."""
    if problem.name == "unknown-contact":
        return build.library.may_hold_more("register/help.yaml") or len(build.assets.contacts) < len(
            build.library.contacts
        )
    return problem.name == "unknown-commitment" and build.library.may_hold_more("commitments/")


def register() -> None:
    """Connect to the stages of the build."""
    library_loaded.connect(set_outline)
    render_bodies.connect(render_all)
