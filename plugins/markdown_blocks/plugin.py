"""The door of Markdown to the build."""

from __future__ import annotations

from plugins.content_model.addresses import addresses, gone
from plugins.content_model.block_view import BlockView
from plugins.content_model.build import Build, bodies_wanted
from plugins.content_model.problem import Problem
from plugins.content_model.viewing import Viewer
from plugins.markdown_blocks.block_kinds import BLOCK_KINDS, Need
from plugins.markdown_blocks.context import Context, LinkUse, Target
from plugins.markdown_blocks.links import check_anchors
from plugins.markdown_blocks.render import Renderer


def render_bodies(build: Build) -> None:
    """Give the build the body of every entry, drafts too: mistakes are told before it is published."""
    build.blocks = _blocks()
    library = build.library
    viewer = Viewer(library, bodies={}, pictures=build.pictures, contacts=build.contacts)
    targets = {
        entry.source.path: Target(entry.permalink, entry.is_live(library.as_of), entry.title)
        for entry in library.entries
    }
    # A link to a file that could not be read is not wrong: the mistake in that file is told already.
    targets.update((path, Target("/", live=True, title=path)) for path in library.unread)
    known = addresses(library)
    withdrawn = gone(library, release=build.site.release)

    def commitment_card(identifier: str) -> str:
        view = viewer.commitment(library.commitments_by_id[identifier])
        return build.theme.component("commitment-card", commitment=view, heading_level=3)

    def help_card(identifier: str) -> str:
        return build.theme.component("help-contact", contact=build.contacts[identifier], heading_level=3)

    renderer = Renderer()
    uses: list[LinkUse] = []
    anchors: dict[str, frozenset[str]] = {}
    for entry in library.entries:
        rendered = renderer.render(
            entry.source.body,
            Context(
                path=entry.source.path,
                first_line=entry.source.body_line,
                glossary=library.registers.glossary,
                entries=targets,
                permalinks=known,
                contacts=build.contacts,
                commitment_ids=library.commitments_by_id.keys(),
                help_card=help_card,
                commitment_card=commitment_card,
                picture=build.pictures.get,
                root=build.site.root,
                gone=withdrawn,
                release=build.site.release,
            ),
        )
        build.bodies[entry.source.path] = rendered.body
        build.problems.extend(problem for problem in rendered.problems if not _follows_from_another(problem, build))
        uses += rendered.links
        anchors[entry.source.path] = rendered.anchors
    build.problems.extend(check_anchors(uses, anchors))


def _blocks() -> tuple[BlockView, ...]:
    """The kinds of block, as authors are told of them."""
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
    """Tell whether what ``problem`` misses may stand where a mistake, told already, keeps it from being read."""
    if problem.name == "unknown-contact":
        return build.library.may_hold_more("register/help.yaml") or len(build.contacts) < len(build.library.contacts)
    return problem.name == "unknown-commitment" and build.library.may_hold_more("commitments/")


def register() -> None:
    """Connect to the stages of the build."""
    bodies_wanted.connect(render_bodies)
