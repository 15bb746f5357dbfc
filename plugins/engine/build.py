"""Build: what is known of the site at each stage of one build, and the stages themselves.

Plugins never import each other; they meet here. A plugin listens to the stage after which what it needs is known,
reads the build, and adds its part. Within one stage no listener may depend on another: their order is not fixed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from blinker import Signal

from plugins.base.cache import Cache, NoCache
from plugins.base.files import Files
from plugins.base.problem import ProblemLog
from plugins.content_model.library import Library
from plugins.engine.build_parts import Assets, Listings, Media, Plan, Proof, Texts
from plugins.engine.outputs import Outputs
from plugins.engine.settings import SiteSettings
from plugins.views.view_builder import ViewBuilder

#: The library is loaded. Listeners prepare what texts need: pictures, help contacts, the theme's components and styles.
library_loaded = Signal("library-loaded")
#: Everything that texts need is there. The listener turns Markdown into bodies.
render_bodies = Signal("render-bodies")
#: Every body is there. Listeners add what stands beside them: recent articles, feeds, pictures.
bodies_ready = Signal("bodies-ready")
#: All that pages show is there. Listeners plan the pages and the redirects to them.
pages_wanted = Signal("pages-wanted")

#: Files are rendered and none is in place yet. Sent with ``RenderedFiles``, first for the files of the site, then for
#: those that describe it (``Output.late``). Listeners read them, and may add problems, which stop the build, and late
#: files.
files_rendered = Signal("files-rendered")

STAGES = (library_loaded, render_bodies, bodies_ready, pages_wanted)


@dataclass
class Build:
    """One build.

    Attributes:
        site: the settings that concern the whole site.
        settings: all of Pelican's settings, for ``from_pelican`` of each plugin's own.
        library: the content.
        files: those of the content folder.
        cache: remembers what costly steps gave in an earlier build; a build on its own has none.
        is_check: True where the content is only looked at, and no output will be put in place.
        only: the files whose bodies are wanted, where a command looks at some only; None for all.
        problems: all found so far.
        outputs: the files to write.
        assets: what every text and page needs.
        media: the files beside the texts.
        texts: what Markdown becomes.
        listings: what pages show besides the texts.
        plan: work that follows the stages.
        proof: what reading the rendered files gave.
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
        """What is shown of entries. It is there from ``bodies_ready`` on, when all that it shows is known."""
        return ViewBuilder(
            self.library, bodies=self.texts.bodies, pictures=self.media.pictures, contacts=self.assets.contacts
        )

    def wants(self, path: str) -> bool:
        """Tell whether the body of the file ``path`` is wanted."""
        return self.only is None or path in self.only

    def complete(self) -> None:
        """Plan what was deferred, and add what is wrong with all outputs together."""
        while self.plan.deferred:
            self.plan.deferred.pop(0)()
        self.problems.extend(self.outputs.problems)


@dataclass(frozen=True)
class RenderedFiles:
    """Files that are made and not yet in place.

    Attributes:
        build: the build.
        files: their bytes by path.
        digests: the sha256 of those bytes by path, in hexadecimal digits.
        late: True for the files that tell of the others.
    """

    build: Build
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    late: bool
