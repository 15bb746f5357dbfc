"""The template inputs besides the views of entries: site, metadata, pagination, filters and feeds."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model import permalink
from plugins.engine.build_parts import FeedLink
from plugins.views.views import ContactView, Link, Picture


class SiteInputs(FingerprintOnce, Struct, frozen=True):
    """The inputs that all pages share."""

    name: str
    tagline: str
    language: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    help: Link
    contact: ContactView | None
    icon: str
    exit_url: str


class Meta(Struct, frozen=True):
    """The metadata of a page.

    Attributes:
        title: without the site's name.
        description: one or two sentences, or "".
        permalink: of the page, or "" for a page that must not name its address.
        section: the navigation item that it belongs to, or "".
        breadcrumbs: its ancestors from the home page on.
        feeds: the feeds that it announces.
        indexable: False keeps search engines away; set by ``page_meta.finished``.
        social: False omits the metadata for link previews.
        card: the picture of link previews, or None.
        og_type: ``article`` or ``website``.
        exits: True for a page with an exit link.
        scripts: permalinks of the scripts that the page runs.
        manifest: permalink of the web manifest, or "" if the page does not link to it.
    """

    title: str
    description: str
    permalink: str
    section: str = ""
    breadcrumbs: tuple[Link, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    indexable: bool = False
    social: bool = True
    card: Picture | None = None
    og_type: str = "website"
    exits: bool = False
    scripts: tuple[str, ...] = ()
    manifest: str = ""


class FeedForms(Struct, frozen=True):
    """One feed in all its formats."""

    subject: str
    forms: tuple[FeedLink, ...]


class FeedGroup(Struct, frozen=True):
    """Feeds under one heading."""

    title: str
    feeds: tuple[FeedForms, ...]


class Choice(Struct, frozen=True):
    """A filter of stories: its label, the first page of its list, and the number of stories."""

    label: str
    href: str
    count: int


class ChoiceGroup(Struct, frozen=True):
    """The filters of one kind, for example by topic."""

    label: str
    choices: tuple[Choice, ...]


#: Up to this number of pages, a list links to each.
_ALL_PAGES = 9
#: In longer lists, number of linked pages on either side of the current one.
_NEAR = 2


class Pagination(Struct, frozen=True):
    """The position of a page in its list, and the permalinks of other pages, or "" if there is none."""

    number: int
    count: int
    previous: str
    next: str
    pages: tuple[Link, ...]


#: Stands for omitted pages.
_GAP = Link("…", "")


def pagination(all_pages: Sequence[Link], number: int) -> Pagination:
    """Return the pagination of page ``number`` (from 1) of a list of ``all_pages``.

    A long list shows its first page, its last, and those near the current one. A link without an address stands for
    omitted pages.
    """
    count = len(all_pages)
    shown: Sequence[int] = range(1, count + 1)
    if count > _ALL_PAGES:
        near = range(max(1, number - _NEAR), min(count, number + _NEAR) + 1)
        shown = sorted({1, *near, count})
    pages: list[Link] = []
    for before, page in zip((0, *shown), shown, strict=False):
        if page - before > 1:
            pages.append(_GAP)
        pages.append(all_pages[page - 1])
    return Pagination(
        number=number,
        count=count,
        previous=all_pages[number - 2].href if number > 1 else "",
        next=all_pages[number].href if number < count else "",
        pages=tuple(pages),
    )


def feed_groups(feeds: Sequence[FeedLink]) -> tuple[FeedGroup, ...]:
    """Return ``feeds`` by group and subject, in the order of their first occurrence."""
    groups: dict[str, dict[str, list[FeedLink]]] = {}
    for feed in feeds:
        groups.setdefault(feed.group, {}).setdefault(feed.subject or feed.title, []).append(feed)
    return tuple(
        FeedGroup(title, tuple(FeedForms(subject, tuple(forms)) for subject, forms in subjects.items()))
        for title, subjects in groups.items()
    )


HOME = Link("Home", permalink.HOME)
