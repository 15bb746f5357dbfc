"""Build: what is known of the site at each stage of one build, and the stages themselves.

Plugins never import each other; they meet here. A plugin listens to the stage after which what it needs is known,
reads the build, and adds its part. Within one stage no listener may depend on another: their order is not fixed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from blinker import Signal

from plugins.base.cache import Cache, NoCache
from plugins.base.files import Files
from plugins.base.fingerprint import FingerprintOnce
from plugins.base.problem import ProblemLog
from plugins.content_model.library import Library
from plugins.content_model.markdown_line import Line
from plugins.engine.outputs import Outputs
from plugins.engine.settings import SiteSettings
from plugins.views.blocks import BlockView
from plugins.views.body import Body
from plugins.views.charter import CharterView
from plugins.views.document import Document, no_document
from plugins.views.receipt import Receipt
from plugins.views.search import SiteSearch
from plugins.views.sitemap_entry import SitemapEntry
from plugins.views.unshown import UnshownFile, no_reason
from plugins.views.view_builder import Viewer
from plugins.views.views import Card, ContactView, Link, Picture

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


class Theme(Protocol):
    """The theme: templates for pages, and components that texts may embed.

    Attributes:
        digest: stands for all that its files and the settings give to what it renders.
    """

    digest: str

    def component(self, name: str, **arguments: object) -> str:
        """Return the HTML of the component ``name`` (its folder's name) for ``arguments``."""

    def page(self, template: str, **inputs: object) -> str:
        """Return the HTML that ``template`` makes of ``inputs``."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """What a page looks like and what it may do.

    Attributes:
        css: the rules that it needs, to stand in the page.
        policy: its Content-Security-Policy, which allows ``css`` by its hash.
    """

    css: str
    policy: str


class Styles(Protocol):
    """The theme's styles.

    Attributes:
        digest: stands for all of them.
    """

    digest: str

    def for_page(self, html: str, *, scripts: bool, manifest: bool = False) -> PageStyle:
        """Return the style of the page whose body is ``html``; says whether it has scripts, and the web manifest."""


@dataclass(frozen=True, slots=True)
class FeedLink(FingerprintOnce):
    """A feed of the site, for autodiscovery and lists of feeds.

    Attributes:
        title: what it carries, for a person.
        href: permalink of the file.
        media_type: for example ``application/atom+xml``.
        page: permalink of the page that it belongs to; "" for the whole site.
        group: the heading under which lists of feeds show it.
        subject: what it carries, without the format; the same for the formats of one feed.
        form: the name of its format, for example ``RSS``.
    """

    title: str
    href: str
    media_type: str
    page: str = ""
    group: str = ""
    subject: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Sidebar:
    """What stands beside an entry: the newest articles, and those that share its topics."""

    recent: tuple[Card, ...] = ()
    related: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class MorePage:
    """A page that a plugin asks for, besides those of the content; no search, list or map of the site has it.

    Attributes:
        permalink: its address.
        template: name of the template.
        title: without the site's name.
        description: one or two sentences.
        ancestors: from the page below home on.
        inputs: what the template is given, besides ``site`` and ``meta``.
        staff: True for one that stands in no release, and whose words are known to those who write.
    """

    permalink: str
    template: str
    title: str
    description: str
    ancestors: tuple[Link, ...]
    inputs: Mapping[str, object]
    staff: bool = False


class _NoTheme:
    """Stands in before the theme is there; asking it is a mistake in the order of the stages."""

    digest = ""

    def component(self, name: str, **_arguments: object) -> str:
        raise RuntimeError(f"the component `{name}` was asked for before the theme was loaded")

    def page(self, template: str, **_inputs: object) -> str:
        raise RuntimeError(f"the template `{template}` was asked for before the theme was loaded")


class _NoStyles:
    """Stands in for the styles of a build without them: nothing is styled and nothing may run."""

    digest = ""

    def for_page(self, _html: str, *, scripts: bool, manifest: bool = False) -> PageStyle:
        del manifest
        source = "'self'" if scripts else "'none'"
        return PageStyle("", f"default-src 'none';img-src 'self';script-src {source}")


def _no_aside(_address: str) -> Sidebar:
    return Sidebar()


def _no_outline(_text: str) -> Sequence[Line]:
    raise RuntimeError("a source was to be read before Markdown was there")


@dataclass
class Build:
    """One build.

    Attributes:
        content: the content folder.
        theme_folder: the theme's folder.
        site: the settings that concern the whole site.
        settings: all of Pelican's settings, for ``from_pelican`` of each plugin's own.
        library: the content.
        files: those of the content folder.
        cache: remembers what costly steps gave in an earlier build; a build on its own has none.
        problems: all found so far.
        outputs: the files to write.
        deferred: called when all pages are planned: plans files that no page shows, such as the documents of feeds, and
            adds what is wrong with them. A preview shows its pages before.
        prefetch: called with the paths of the files, before these are rendered: does shared work in several processes.
            A preview makes few files, and calls none.
        theme: set in ``library_loaded``.
        pictures: by file, relative to the content folder, in one form (``to_nfc``); filled in ``library_loaded``.
        unshown: tells why a path shows no picture; set in ``library_loaded``.
        document: gives the document of a path, or why it is not published; None for what is no document. Set in
            ``library_loaded``.
        picture_files: makes the bytes of each file of a picture, by its address; filled in ``library_loaded``. Only
            what a live entry shows is published.
        social: the card that others see of a page, by its permalink; "/section/" serves the pages below it that have
            none, "" all others; filled in ``library_loaded``.
        contacts: help contacts as readers see them, by id; filled in ``library_loaded``.
        styles: set in ``library_loaded``.
        scripts: permalinks of the components' scripts, by the component's name; filled in ``library_loaded``.
        bodies: by the entry's file; filled in ``render_bodies``.
        sidebar: what stands beside the page at a permalink; set in ``bodies_ready``.
        feeds: filled in ``bodies_ready``.
        charter: all commitments at a glance; set in ``bodies_ready``.
        search: what the pages of the search need; set in ``bodies_ready``, None on a site without a search.
        blocks: the kinds of block that texts may hold; set in ``render_bodies``.
        more_pages: what plugins ask for besides the pages of the content; filled in ``bodies_ready``.
        findable: returns the pages that search engines may show; set in ``pages_wanted``.
        manifest: permalink of the web manifest, "" on a site without one; set in ``bodies_ready``.
        notes: makes the bytes of each file that is kept beside the output folder (``output_index.beside``), by its
            name; filled in ``pages_wanted``.
        left: the days on which readers were first told that a story whose consent has ended is gone, by its id, for
            those that feeds carried; filled in ``bodies_ready``.
        receipt: what the build proved of its output; set in ``files_rendered``, for late files.
        private_values: what no file may hold; set in ``files_rendered`` by what looks for it, for late files.
        outline: reads a source of Markdown line by line; set in ``library_loaded``.
        is_check: True where the content is only looked at, and no output will be put in place.
        only: the files whose bodies are wanted, where a command looks at some only; None for all.
    """

    content: Path
    theme_folder: Path
    site: SiteSettings
    settings: Mapping[str, Any]
    library: Library
    files: Files = field(default_factory=lambda: Files(Path()))
    cache: Cache = field(default_factory=NoCache)
    problems: ProblemLog = field(default_factory=ProblemLog)
    outputs: Outputs = field(default_factory=Outputs)
    deferred: list[Callable[[], None]] = field(default_factory=list)
    prefetch: list[Callable[[Collection[str]], object]] = field(default_factory=list)
    theme: Theme = field(default_factory=_NoTheme)
    pictures: dict[str, Picture] = field(default_factory=dict)
    unshown: Callable[[str], UnshownFile | None] = no_reason
    document: Callable[[str], Document | UnshownFile | None] = no_document
    picture_files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    social: dict[str, Picture] = field(default_factory=dict)
    contacts: dict[str, ContactView] = field(default_factory=dict)
    styles: Styles = field(default_factory=_NoStyles)
    scripts: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    sidebar: Callable[[str], Sidebar] = _no_aside
    feeds: list[FeedLink] = field(default_factory=list)
    charter: CharterView = field(default_factory=CharterView)
    search: SiteSearch | None = None
    blocks: tuple[BlockView, ...] = ()
    more_pages: list[MorePage] = field(default_factory=list)
    findable: Callable[[], Sequence[SitemapEntry]] = tuple
    manifest: str = ""
    notes: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    left: dict[str, dt.date] = field(default_factory=dict)
    receipt: Receipt | None = None
    private_values: object = None
    outline: Callable[[str], Sequence[Line]] = _no_outline
    is_check: bool = False
    only: Collection[str] | None = None

    @cached_property
    def viewer(self) -> Viewer:
        """What is shown of entries. It is there from ``bodies_ready`` on, when all that it shows is known."""
        return Viewer(self.library, bodies=self.bodies, pictures=self.pictures, contacts=self.contacts)

    def wants(self, path: str) -> bool:
        """Tell whether the body of the file ``path`` is wanted."""
        return self.only is None or path in self.only

    def complete(self) -> None:
        """Plan what was left for later, and add what is wrong with all outputs together."""
        while self.deferred:
            self.deferred.pop(0)()
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
