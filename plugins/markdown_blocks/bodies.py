"""Bodies: the bodies of a build's entries, made now or remembered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plugins.content_model.addresses import addresses, gone
from plugins.content_model.build import Build
from plugins.content_model.entry import Entry
from plugins.content_model.memory import fingerprint, sources_fingerprint
from plugins.content_model.viewing import Viewer
from plugins.markdown_blocks.asking import Answers, World
from plugins.markdown_blocks.context import Context, Rendered, Target
from plugins.markdown_blocks.render import Renderer

_TOPIC = "bodies"
_CODE = (Path(__file__).parent, Path(__file__).parents[1] / "content_model")


class Bodies:
    """Renders the bodies of one build."""

    def __init__(self, build: Build) -> None:
        library = build.library
        self._build = build
        self._viewer = Viewer(library, bodies={}, pictures=build.pictures, contacts=build.contacts)
        entries = {
            entry.source.path: Target(entry.permalink, entry.is_live(library.as_of), entry.title)
            for entry in library.entries
        }
        # A link to a file that could not be read is not wrong: the mistake in that file is told already.
        entries.update((path, Target("/", live=True, title=path)) for path in library.unread)
        withdrawn = gone(library, release=build.site.release)
        self._world = World(entries, addresses(library), withdrawn, build.pictures)
        self._renderer = Renderer()
        # What few bodies ask about and what seldom changes: a change of it makes all of them anew.
        self._rest = fingerprint(
            sources_fingerprint(_CODE),
            repr(build.site.root),
            repr(build.site.release),
            repr(sorted(library.registers.glossary.items())),
            repr(sorted(build.contacts.items())),
            repr([build.library.commitments_by_id[key].model_dump() for key in sorted(library.commitments_by_id)]),
        )

    def of(self, entries: Sequence[Entry]) -> dict[str, Rendered]:
        """Return the bodies of ``entries`` by their files."""
        made: dict[str, Rendered] = {}
        for entry in entries:
            remembered: tuple[Answers, Rendered] | None = self._build.memory.recall(_TOPIC, self._key(entry))
            if remembered is not None and self._world.says_the_same(remembered[0]):
                made[entry.source.path] = remembered[1]
        rest = [entry for entry in entries if entry.source.path not in made]
        for entry, (answers, rendered) in zip(rest, self._build.spread(self._render, rest), strict=True):
            made[entry.source.path] = rendered
            self._build.memory.keep(_TOPIC, self._key(entry), (answers, rendered))
        return {entry.source.path: made[entry.source.path] for entry in entries}

    def _key(self, entry: Entry) -> str:
        return fingerprint(self._rest, entry.source.path, str(entry.source.body_line), entry.source.body)

    def _render(self, entry: Entry) -> tuple[Answers, Rendered]:
        answers: Answers = {}
        world, build = self._world.asked(answers), self._build
        context = Context(
            path=entry.source.path,
            first_line=entry.source.body_line,
            glossary=build.library.registers.glossary,
            entries=world.entries,
            permalinks=world.permalinks,
            contacts=build.contacts,
            commitment_ids=build.library.commitments_by_id.keys(),
            help_card=self._help_card,
            commitment_card=self._commitment_card,
            picture=world.pictures.get,
            root=build.site.root,
            gone=world.gone,
            release=build.site.release,
        )
        return answers, self._renderer.render(entry.source.body, context)

    def _commitment_card(self, identifier: str) -> str:
        view = self._viewer.commitment(self._build.library.commitments_by_id[identifier])
        return self._build.theme.component("commitment-card", commitment=view, heading_level=3)

    def _help_card(self, identifier: str) -> str:
        return self._build.theme.component("help-contact", contact=self._build.contacts[identifier], heading_level=3)
