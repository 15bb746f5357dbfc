"""Decide which pages the site has, and the template inputs of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from plugins.content_model import permalink
from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.entry import Entry
from plugins.content_model.page import Layout
from plugins.content_model.story import Story
from plugins.engine.build import Build
from plugins.pages.indexing import may_be_found
from plugins.pages.lists import Lists, list_link
from plugins.pages.search_pages import search_pages
from plugins.pages.settings import PageSettings
from plugins.pages.site_page import Feeds, PageContext, SitePage, owner_of
from plugins.pages.template_context import HOME, Meta, SiteInputs, feed_groups
from plugins.pages.withdrawn_page import gone_pages
from plugins.views.charter import PROGRESS_LABELS
from plugins.views.help_targets import help_targets
from plugins.views.search import SearchView
from plugins.views.views import EntryView, Link, StoryView

#: Title, address and description of each standard page, used while no entry has its layout.
_DEFAULTS: dict[Layout, tuple[str, str, str]] = {
    "help": (
        "Get help now",
        "/help/",
        "You do not have to be sure what you need. Pick any of these and say that you need help.",
    ),
    "subscribe": (
        "Follow in private",
        "/subscribe/",
        "Follow this site with a feed reader. It is free and private: we do not learn who reads.",
    ),
    "charter": (
        "Our community charter",
        "/charter/",
        "What we promise to everyone who comes to us, and how far we have got.",
    ),
    "privacy-receipt": (
        "Our privacy receipt",
        "/privacy-receipt/",
        "We say that this site does not follow you. This page shows how we check that, each time the site is made.",
    ),
    "not-found": (
        "We cannot find that page",
        f"/{permalink.NOT_FOUND_FILE}",
        "It may have moved, or the address may have a slip in it.",
    ),
}


class Pages:
    """Every page of one build."""

    def __init__(self, build: Build, settings: PageSettings) -> None:
        self._build = build
        self._settings = settings
        self._library = build.library
        self._viewer = build.viewer
        self._help = self._standing_link("help")
        self._feeds = Feeds(build.listings.feeds)

    def all(self) -> list[SitePage]:
        """Return all pages. An address occurs twice only if two entries claim it."""
        pages = [
            *self._entries(self._library.articles, "article.html"),
            *self._entries(self._library.stories, "story.html"),
            *self._entries(self._library.commitments, "commitment.html"),
            *self._standing(),
            *self._search(),
            *self._more(),
            *Lists(
                self._library, self._viewer, self._feeds, self._settings.page_size, self._build.listings.charter
            ).pages(),
            *gone_pages(self._library.registers, self._feeds),
        ]
        return [self._home(frozenset(page.permalink for page in pages)), *pages]

    def site(self, addresses: frozenset[str]) -> SiteInputs:
        """Return the inputs that all pages share. ``addresses`` are those of all pages."""
        build = self._build
        return SiteInputs(
            name=build.site.name,
            tagline=build.site.tagline,
            language=build.site.language,
            navigation=tuple(link for link in self._settings.navigation if link.href in addresses),
            footer=tuple(link for link in self._settings.footer if link.href in addresses),
            help=self._help,
            contact=build.assets.contacts.get(build.site.contact),
            icon="/icon.svg",
            exit_url=self._settings.exit_url,
        )

    def _home(self, addresses: frozenset[str]) -> SitePage:
        """Return the home page. ``addresses`` are those of all other pages."""
        page = self._library.page("home")
        view = self._viewer.entry(page) if page else None
        # Search engines index the home page, so it shows no story without consent to search.
        stories = [story for story in self._library.stories if may_be_found(story)][: self._settings.home_stories]
        commitments = self._library.commitments[: self._settings.home_commitments]
        title = view.title if view else self._build.site.name
        meta = Meta(
            title,
            view.summary if view else self._build.site.tagline,
            permalink.HOME,
            feeds=self._feeds.of(),
            # Only here, because phones add the home page to the home screen, and other pages stay small.
            manifest=self._build.assets.manifest,
        )
        inputs: dict[str, object] = {
            "page": view,
            "doors": tuple(door for door in self._settings.home_doors if door.href.partition("#")[0] in addresses),
            "targets": help_targets(self._build.assets.contacts),
            "charter": self._build.listings.charter,
            "stories": tuple(map(self._viewer.card, stories)),
            "commitments": tuple(map(self._viewer.commitment, commitments)),
        }
        recent = self._build.listings.sidebar(permalink.HOME).recent
        texts = (*([page] if page else []), *stories, *commitments)
        listed = [*(entry.permalink for entry in texts), *(card.href for card in recent)]
        return SitePage(permalink.HOME, "home.html", PageContext(meta, inputs, recent), owner_of(page), listed=listed)

    def _entries(self, entries: Sequence[Article | Story | Commitment], template: str) -> Iterator[SitePage]:
        # Entries without consent to search are linked from lists only, not from their neighbours.
        found = [place for place, entry in enumerate(entries) if may_be_found(entry)]
        for place, entry in enumerate(entries):
            newer, older = (entries[near] if near is not None else None for near in neighbours(place, found))
            shown = partial(self._shown, entry, newer=newer, older=older)
            yield SitePage(entry.permalink, template, shown, owner_of(entry), entry)

    def _shown(self, entry: Article | Story | Commitment, *, newer: Entry | None, older: Entry | None) -> PageContext:
        view: EntryView
        if isinstance(entry, Article):
            view = self._viewer.article(entry)
        elif isinstance(entry, Story):
            view = self._viewer.story(entry)
        else:
            view = self._viewer.commitment(entry)
        sidebar = self._build.listings.sidebar(entry.permalink)
        section = list_link(entry.section)
        meta = Meta(
            view.title,
            _description(view),
            entry.permalink,
            section.href,
            (HOME, section),
            self._feeds.of(),
            social=entry.allows("social"),
            og_type="article",
        )
        inputs: dict[str, object] = {
            entry.kind_name: view,
            "safety": self._viewer.safety(entry),
            "crisis": self._viewer.crisis_line(entry),
            "previous": self._viewer.card(older) if older is not None else None,
            "next": self._viewer.card(newer) if newer is not None else None,
            "related": sidebar.related,
        }
        if isinstance(entry, Commitment):
            inputs["labels"] = PROGRESS_LABELS
        return PageContext(meta, inputs, sidebar.recent)

    def _standing(self) -> Iterator[SitePage]:
        """Yield the standard pages, which exist even without a text, and the other pages of the content."""
        for layout in _DEFAULTS:
            page, address = self._library.page(layout), self._standing_link(layout).href
            shown = partial(self._standing_context, layout)
            texts = [*([page] if page else []), *(self._library.commitments if layout == "charter" else ())]
            listed, late = [entry.permalink for entry in texts], layout == "privacy-receipt"
            yield SitePage(address, f"{layout}.html", shown, owner_of(page), listed=listed, late=late)
        for page in self._library.pages:
            if page.layout == "page":
                view = self._viewer.entry(page)
                meta = Meta(
                    view.title,
                    view.summary,
                    page.permalink,
                    page.permalink,
                    (HOME,),
                    self._feeds.of(),
                )
                yield SitePage(page.permalink, "page.html", PageContext(meta, {"page": view}), owner_of(page), page)

    def _standing_context(self, layout: Layout) -> PageContext:
        page, link = self._library.page(layout), self._standing_link(layout)
        view = self._viewer.entry(page) if page else None
        meta = Meta(
            link.label,
            view.summary if view else _DEFAULTS[layout][2],
            link.href,
            breadcrumbs=() if layout in {"help", "not-found"} else (HOME,),
            feeds=self._feeds.of(link.href),
        )
        inputs: dict[str, object] = {"page": view}
        if layout in {"help", "not-found"}:
            inputs["targets"] = help_targets(self._build.assets.contacts)
        if layout == "not-found":
            inputs["search"] = self._search_field()
        if layout == "help":
            inputs["contacts"] = tuple(self._build.assets.contacts.values())
        elif layout == "subscribe":
            inputs["groups"] = feed_groups(self._build.listings.feeds)
        elif layout == "charter":
            inputs["commitments"] = tuple(map(self._viewer.commitment, self._library.commitments))
            inputs["charter"] = self._build.listings.charter
            inputs["labels"] = PROGRESS_LABELS
        elif layout == "privacy-receipt":
            # Available only after every other file is rendered.
            inputs["receipt"] = self._build.proof.receipt
        return PageContext(meta, inputs)

    def _search_field(self) -> SearchView | None:
        """The search as a field alone, or None on a site without one. Help stands on the page already."""
        search = self._build.listings.search
        return (
            replace(search.view(), letters=(), choices=(), in_one_file=False, card=None) if search is not None else None
        )

    def _search(self) -> Iterator[SitePage]:
        if self._build.listings.search is not None:
            yield from search_pages(self._build.listings.search, self._feeds)

    def _more(self) -> Iterator[SitePage]:
        """Yield the pages that other plugins add. They are ``noindex``."""
        for page in self._build.listings.more_pages:
            meta = Meta(
                page.title,
                page.description,
                page.permalink,
                breadcrumbs=(HOME, *page.ancestors),
                feeds=self._feeds.of(),
            )
            yield SitePage(page.permalink, page.template, PageContext(meta, page.inputs))

    def _standing_link(self, layout: Layout) -> Link:
        page = self._library.page(layout)
        return Link(page.title, page.permalink) if page else Link(*_DEFAULTS[layout][:2])


def neighbours(place: int, places: Sequence[int]) -> tuple[int | None, int | None]:
    """Return the nearest of ``places`` (ascending) before and after ``place``, or None."""
    before, after = bisect_left(places, place), bisect_right(places, place)
    return (places[before - 1] if before else None, places[after] if after < len(places) else None)


def _description(view: EntryView) -> str:
    """Return the description for search engines and social networks, which marks a sample story as made up."""
    made_up = isinstance(view, StoryView) and view.illustrative
    return f"A sample story, made up: {view.summary}" if made_up else view.summary
