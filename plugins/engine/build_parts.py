"""The parts of a ``Build``: what each stage adds to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field

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
        digest: of its files and of the settings that it renders.
    """

    digest: str

    def component(self, name: str, **arguments: object) -> str:
        """Return the HTML of the component ``name`` (its folder's name) for ``arguments``."""

    def page(self, template: str, **inputs: object) -> str:
        """Return the HTML of ``template`` with ``inputs``."""


class PageStyle(Struct, frozen=True):
    """The CSS and the policy of one page.

    Attributes:
        css: the rules that it uses, for its ``<style>``.
        policy: its Content-Security-Policy, which allows ``css`` by its hash.
    """

    css: str
    policy: str


class Styles(Protocol):
    """The theme's styles.

    Attributes:
        digest: of all of them.
    """

    digest: str

    def for_page(self, html: str, *, scripts: bool, manifest: bool = False) -> PageStyle:
        """Return the style of the page with the body ``html``, with or without scripts and the web manifest."""

    def names(self, html: str) -> Sequence[str]:
        """Return the names in a part of a body that its style depends on."""


class FeedLink(FingerprintOnce, Struct, frozen=True):
    """A feed of the site, for autodiscovery and lists of feeds.

    Attributes:
        title: the title that readers see.
        href: permalink of the file.
        media_type: for example ``application/atom+xml``.
        page: permalink of the page that announces it in its head; "" for every page, None for none.
        group: the heading under which lists of feeds show it.
        subject: the title without the format; the same for all formats of one feed.
        form: the name of its format, for example ``RSS``.
    """

    title: str
    href: str
    media_type: str
    page: str | None = ""
    group: str = ""
    subject: str = ""
    form: str = ""


class Sidebar(Struct, frozen=True):
    """The cards beside an entry: the newest articles, and those that share its topics."""

    recent: tuple[Card, ...] = ()
    related: tuple[Card, ...] = ()


class MorePage(Struct, frozen=True):
    """A page that a plugin adds to those of the content. It is in no list, sitemap or search.

    Attributes:
        permalink: its address.
        template: name of the template.
        title: without the site's name.
        description: one or two sentences.
        ancestors: the breadcrumbs, from the page below home on.
        inputs: the variables of the template, besides ``site`` and ``meta``.
        staff: True for a page of the preview that no release contains.
    """

    permalink: str
    template: str
    title: str
    description: str
    ancestors: tuple[Link, ...]
    inputs: Mapping[str, object]
    staff: bool = False


class _NoTheme:
    """The placeholder before the theme is loaded; a call is an error in the order of the stages."""

    digest = ""

    def component(self, name: str, **_arguments: object) -> str:
        raise RuntimeError(f"the component `{name}` was asked for before the theme was loaded")

    def page(self, template: str, **_inputs: object) -> str:
        raise RuntimeError(f"the template `{template}` was asked for before the theme was loaded")


class _NoStyles:
    """The styles of a build without a theme: no CSS."""

    digest = ""

    def for_page(self, _html: str, *, scripts: bool, manifest: bool = False) -> PageStyle:
        del manifest
        source = "'self'" if scripts else "'none'"
        return PageStyle("", f"default-src 'none';img-src 'self';script-src {source}")

    def names(self, _html: str) -> Sequence[str]:
        return ()


def _no_sidebar(_address: str) -> Sidebar:
    return Sidebar()


def _no_outline(_text: str) -> Sequence[Line]:
    raise RuntimeError("a source was to be read before Markdown was there")


class PrivateValueSearch(Protocol):
    """Search files for the values of private fields.

    Attributes:
        wanted: the values to search for.
        public_too: the number of values that are skipped, because public fields contain them.
        digest: of ``wanted``.
    """

    wanted: tuple[PrivateValue, ...]
    public_too: int
    digest: bytes

    def within(self, path: str, data: bytes) -> tuple[PrivateValue, ...]:
        """Return the values that occur in the file ``path`` or in its name."""


class Assets(Struct):
    """What every text and page needs; set in ``library_loaded``.

    Attributes:
        theme: templates and components.
        styles: the theme's styles.
        scripts: permalinks of the components' scripts, by the component's name.
        manifest: permalink of the web manifest, "" on a site without one; set in ``bodies_ready``.
        contacts: the views of help contacts, by id.
    """

    theme: Theme = field(default_factory=_NoTheme)
    styles: Styles = field(default_factory=_NoStyles)
    scripts: dict[str, str] = field(default_factory=dict)
    manifest: str = ""
    contacts: dict[str, ContactView] = field(default_factory=dict)


class Media(Struct):
    """The files beside the texts; set in ``library_loaded``.

    Attributes:
        pictures: by path relative to the content folder, normalised with ``to_nfc``.
        picture_files: functions that return the bytes of each picture file, by its permalink. Only pictures of live
            entries are published.
        social: the card for link previews of a page, by its permalink. "/section/" is for the pages below it without
            one, "" for all others.
        rejection: returns why the picture at a path is not published; None when it is.
        document: returns the document at a path, or why it is not published; None for a file that is no document.
    """

    pictures: dict[str, Picture] = field(default_factory=dict)
    picture_files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    social: dict[str, Picture] = field(default_factory=dict)
    rejection: Callable[[str], FileRejection | None] = no_rejection
    document: Callable[[str], Document | FileRejection | None] = no_document


class Texts(Struct):
    """The parsed and rendered Markdown.

    Attributes:
        outline: splits Markdown into lines with their structure; set in ``library_loaded``.
        bodies: rendered texts by the entry's file; filled in ``render_bodies``.
    """

    outline: Callable[[str], Sequence[Line]] = _no_outline
    bodies: dict[str, Body] = field(default_factory=dict)


class Listings(Struct):
    """What pages show besides the texts of entries; filled in ``bodies_ready``.

    Attributes:
        sidebar: returns the sidebar of the page at a permalink.
        feeds: the feeds of the site.
        feed_aliases: old addresses of the feed of the whole site, each with the feed that answers there.
        removal_days: the first day without it of each story whose consent has ended, by its id; only stories that
            feeds contained.
        charter: the summary of all commitments.
        search: the inputs of the search pages; None on a site without a search.
        more_pages: the pages that plugins add to those of the content.
    """

    sidebar: Callable[[str], Sidebar] = _no_sidebar
    feeds: list[FeedLink] = field(default_factory=list)
    feed_aliases: dict[str, FeedLink] = field(default_factory=dict)
    removal_days: dict[str, dt.date] = field(default_factory=dict)
    charter: CharterView = field(default_factory=CharterView)
    search: SiteSearch | None = None
    more_pages: list[MorePage] = field(default_factory=list)


class Plan(Struct):
    """Work that follows the stages, besides the outputs.

    Attributes:
        deferred: called when all pages are planned. Each plans files that no page shows, such as feed documents, and
            adds their problems. A preview shows its pages before that.
        sitemap: returns the pages that search engines may show; set in ``pages_wanted``.
        notes: functions that return the bytes of each file beside the output folder (``output_index.beside``), by its
            name; filled in ``pages_wanted``.
    """

    deferred: list[Callable[[], None]] = field(default_factory=list)
    sitemap: Callable[[], Sequence[SitemapEntry]] = tuple
    notes: dict[str, Callable[[], bytes]] = field(default_factory=dict)


class Proof(Struct):
    """Results of scanning the rendered files, for the late ones; set in ``files_rendered``.

    Attributes:
        receipt: what the build proved of its output.
        private_values: the search for private values in files.
    """

    receipt: Receipt | None = None
    private_values: PrivateValueSearch | None = None
