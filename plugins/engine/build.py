"""The state of one build, and its stages.

Plugins do not import each other. Each connects to the stage by which its inputs are known, reads the ``Build`` and
adds its part. Listeners of one stage run in no fixed order, so none may depend on another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from blinker import Signal
from msgspec import Struct, field

from plugins.base.cache import Cache, NoCache
from plugins.base.files import Files
from plugins.base.problem import ProblemLog
from plugins.content_model.library import Library
from plugins.engine.build_parts import Assets, Listings, Media, Plan, Proof, Texts
from plugins.engine.outputs import Hole, Outputs
from plugins.engine.settings import SiteSettings
from plugins.views.view_builder import ViewBuilder

#: The library is loaded. Listeners add what texts need: pictures, help contacts, the theme's components and styles.
library_loaded = Signal("library-loaded")
#: Everything that texts need is set. The listener renders Markdown into bodies.
render_bodies = Signal("render-bodies")
#: Every body is rendered. Listeners add what pages show besides: recent articles, feeds, pictures.
bodies_ready = Signal("bodies-ready")
#: Everything that pages show is set. Listeners plan the pages and the redirects to them.
pages_wanted = Signal("pages-wanted")

#: Files are rendered and not yet moved into place. Sent with ``RenderedFiles``, first for the files of the site, then
#: for those that describe it (``Output.late``). Listeners read them, and may add problems and late files. An error
#: stops the build.
files_rendered = Signal("files-rendered")

STAGES = (library_loaded, render_bodies, bodies_ready, pages_wanted)


class Build(Struct, dict=True):
    """One build.

    Attributes:
        site: the settings that concern the whole site.
        settings: all of Pelican's settings, for ``from_pelican`` of each plugin's own.
        library: the content.
        files: the files of the content folder.
        cache: the results of costly steps in earlier builds; none by default.
        is_check: True when the content is only checked and no output is written.
        only: the files whose bodies a command needs; None for all.
        problems: the problems found so far.
        outputs: the files to write.
        assets: what every text and page needs.
        media: the files beside the texts.
        texts: the parsed and rendered Markdown.
        listings: what pages show besides the texts.
        plan: work that follows the stages.
        proof: results of scanning the rendered files.
    """

    site: SiteSettings
    settings: Mapping[str, Any]
    library: Library
    files: Files = field(default_factory=lambda: Files(Path()))
    cache: Cache = field(default_factory=NoCache)
    is_check: bool = False
    only: Collection[str] | None = None
    problems: ProblemLog = field(default_factory=ProblemLog)
    outputs: Outputs = field(default_factory=Outputs)
    assets: Assets = field(default_factory=Assets)
    media: Media = field(default_factory=Media)
    texts: Texts = field(default_factory=Texts)
    listings: Listings = field(default_factory=Listings)
    plan: Plan = field(default_factory=Plan)
    proof: Proof = field(default_factory=Proof)

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.files.root

    @property
    def theme_folder(self) -> Path:
        """The theme's folder."""
        return Path(self.settings["THEME"])

    @cached_property
    def viewer(self) -> ViewBuilder:
        """The builder of views. Use it from ``bodies_ready`` on, when all that views show is known."""
        return ViewBuilder(
            self.library, bodies=self.texts.bodies, pictures=self.media.pictures, contacts=self.assets.contacts
        )

    @cached_property
    def files_in_texts(self) -> frozenset[str]:
        """The addresses of pictures and documents in live texts. Use it from ``bodies_ready`` on."""
        bodies = self.texts.bodies
        paths = (entry.source.path for entry in self.library.live)
        return frozenset(address for path in paths if path in bodies for address in bodies[path].files)

    def wants(self, path: str) -> bool:
        """Return whether the body of the file ``path`` is needed."""
        return self.only is None or path in self.only

    def complete(self) -> None:
        """Run the deferred plans, and add the problems of all outputs together."""
        for _ in self.completion():
            pass

    def completion(self) -> Iterator[None]:
        """Do the same, one deferred plan at each step."""
        while self.plan.deferred:
            self.plan.deferred.pop(0)()
            yield
        self.problems.extend(self.outputs.problems)


class RenderedFiles(Struct, frozen=True):
    """Files that are rendered and not yet moved into place.

    Attributes:
        build: the build.
        files: their bytes by path.
        digests: the SHA-256 of those bytes by path, in hexadecimal digits.
        late: True for the files that describe the others.
        holes: the places of inserts, by path.
    """

    build: Build
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    late: bool
    holes: Mapping[str, Hole] = field(default_factory=dict)
