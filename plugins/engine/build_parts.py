"""The parts of a ``Build``: what each stage adds to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model.markdown_line import Line
from plugins.views.body import Body
from plugins.views.charter import CharterView
from plugins.views.document import Document, no_document
from plugins.views.file_rejection import FileRejection, no_rejection
from plugins.views.receipt import PrivateValue, Receipt
from plugins.views.search import SiteSearch
from plugins.views.sitemap_entry import SitemapEntry
from plugins.views.views import Card, ContactView, Link, Picture


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


class PrivateValueSearch(Protocol):
    """Search files for the values of private fields.

    Attributes:
        wanted: the values that are looked for.
        public_too: the number of values that are not looked for, because the site says them in public.
        digest: stands for ``wanted``.
    """

    wanted: tuple[PrivateValue, ...]
    public_too: int
    digest: bytes

    def within(self, path: str, data: bytes) -> tuple[PrivateValue, ...]:
        """Return the values that stand in the file ``path`` or in its name."""


@dataclass
class Assets:
    """What ``library_loaded`` gives to every text and page.

    Attributes:
        theme: templates and components.
        styles: the theme's styles.
        scripts: permalinks of the components' scripts, by the component's name.
        manifest: permalink of the web manifest, "" on a site without one; set in ``bodies_ready``.
        contacts: help contacts as readers see them, by id.
    """

    theme: Theme = field(default_factory=_NoTheme)
    styles: Styles = field(default_factory=_NoStyles)
    scripts: dict[str, str] = field(default_factory=dict)
    manifest: str = ""
    contacts: dict[str, ContactView] = field(default_factory=dict)


@dataclass
class Media:
    """The files beside the texts, known in ``library_loaded``.

    Attributes:
        pictures: by file, relative to the content folder, in one form (``to_nfc``).
        picture_files: makes the bytes of each file of a picture, by its address. Only what a live entry shows is
            published.
        social: the card that others see of a page, by its permalink; "/section/" serves the pages below it that have
            none, "" all others.
        unshown: tells why a path shows no picture.
        document: gives the document of a path, or why it is not published; None for what is no document.
    """

    pictures: dict[str, Picture] = field(default_factory=dict)
    picture_files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    social: dict[str, Picture] = field(default_factory=dict)
    unshown: Callable[[str], FileRejection | None] = no_rejection
    document: Callable[[str], Document | FileRejection | None] = no_document


@dataclass
class Texts:
    """What Markdown becomes.

    Attributes:
        outline: reads a source of Markdown line by line; set in ``library_loaded``.
        bodies: rendered texts by the entry's file; filled in ``render_bodies``.
    """

    outline: Callable[[str], Sequence[Line]] = _no_outline
    bodies: dict[str, Body] = field(default_factory=dict)


@dataclass
class Listings:
    """What pages show besides the texts of entries; filled in ``bodies_ready``.

    Attributes:
        sidebar: what stands beside the page at a permalink.
        feeds: the feeds of the site.
        left: the days on which readers were first told that a story whose consent has ended is gone, by its id, for
            those that feeds carried.
        charter: all commitments at a glance.
        search: what the pages of the search need; None on a site without a search.
        more_pages: what plugins ask for besides the pages of the content.
    """

    sidebar: Callable[[str], Sidebar] = _no_aside
    feeds: list[FeedLink] = field(default_factory=list)
    left: dict[str, dt.date] = field(default_factory=dict)
    charter: CharterView = field(default_factory=CharterView)
    search: SiteSearch | None = None
    more_pages: list[MorePage] = field(default_factory=list)


@dataclass
class Plan:
    """Work that follows the stages, besides the outputs.

    Attributes:
        deferred: called when all pages are planned: plans files that no page shows, such as the documents of feeds, and
            adds what is wrong with them. A preview shows its pages before.
        prefetch: called with the paths of the files, before these are rendered: does shared work in several processes.
            A preview makes few files, and calls none.
        sitemap: returns the pages that search engines may show; set in ``pages_wanted``.
        notes: makes the bytes of each file that is kept beside the output folder (``output_index.beside``), by its
            name; filled in ``pages_wanted``.
    """

    deferred: list[Callable[[], None]] = field(default_factory=list)
    prefetch: list[Callable[[Collection[str]], object]] = field(default_factory=list)
    sitemap: Callable[[], Sequence[SitemapEntry]] = tuple
    notes: dict[str, Callable[[], bytes]] = field(default_factory=dict)


@dataclass
class Proof:
    """What reading the rendered files gave, for the late ones; set in ``files_rendered``.

    Attributes:
        receipt: what the build proved of its output.
        private_values: what no file may hold.
    """

    receipt: Receipt | None = None
    private_values: PrivateValueSearch | None = None
