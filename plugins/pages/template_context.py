"""What templates receive besides the views of entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.base.fingerprint import FingerprintOnce
from plugins.content_model import permalink
from plugins.engine.build_parts import FeedLink
from plugins.views.views import ContactView, Link, Picture


@dataclass(frozen=True, slots=True)
class SiteInputs(FingerprintOnce):
    """What every page knows of the site."""

    name: str
    tagline: str
    language: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    help: Link
    contact: ContactView | None
    icon: str
    exit_url: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says about itself.

    Attributes:
        title: without the site's name.
        description: one or two sentences, or "".
        permalink: of the page; "" for one that has no address of its own to be known by.
        section: the navigation item that it belongs to, or "".
        breadcrumbs: its ancestors from the home page on.
        feeds: those that it announces.
        indexable: False keeps search engines away; set by ``page_meta.finish``.
        social: False gives social networks nothing to show of a link.
        card: shown by those who link to it, or None.
        og_type: ``article`` or ``website``.
        exits: True for a page that a reader may need to leave in a hurry.
        scripts: permalinks of the scripts that the page runs.
        manifest: permalink of the web manifest where the page leads to it, or "".
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


@dataclass(frozen=True, slots=True)
class FeedForms:
    """One feed in the formats that it comes in."""

    subject: str
    forms: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds under one heading."""

    title: str
    feeds: tuple[FeedForms, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of stories: what it is called among its sisters, the first page of its list, and how many it holds."""

    label: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """The choices of one way, for example by topic."""

    label: str
    choices: tuple[Choice, ...]


#: Up to so many pages, a list shows a link to each.
_ALL_PAGES = 9
#: Beyond that, so many on either side of the page that is open.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where a page of a list stands among its sisters; links are permalinks, "" where there is none."""

    number: int
    count: int
    previous: str
    next: str
    pages: tuple[Link, ...]


#: Stands for the pages that are left out.
_GAP = Link("…", "")


def pagination(all_pages: Sequence[Link], number: int) -> Pagination:
    """Return the pagination of page ``number`` (from 1) of a list of ``all_pages``.

    A long list shows its first page, its last, and those near this one; what is left out between two is a link
    without an address.
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
    """Return ``feeds`` by group and subject, each in the order in which it first stands."""
    groups: dict[str, dict[str, list[FeedLink]]] = {}
    for feed in feeds:
        groups.setdefault(feed.group, {}).setdefault(feed.subject or feed.title, []).append(feed)
    return tuple(
        FeedGroup(title, tuple(FeedForms(subject, tuple(forms)) for subject, forms in subjects.items()))
        for title, subjects in groups.items()
    )


HOME = Link("Home", permalink.HOME)
