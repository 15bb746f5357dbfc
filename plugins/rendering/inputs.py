"""Inputs: what templates are given besides the views of entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.content_model import permalink
from plugins.content_model.build import FeedLink
from plugins.content_model.lazy import Shared
from plugins.content_model.views import ContactView, Link, Picture


@dataclass(frozen=True, slots=True)
class SiteInputs(Shared):
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
        indexable: False keeps search engines away.
        social: False gives social networks nothing to show of a link.
        card: shown by those who link to it, or None.
        og_type: ``article`` or ``website``.
        exits: True for a page that a reader may need to leave in a hurry.
        scripts: permalinks of the scripts that the page runs.
    """

    title: str
    description: str
    permalink: str
    section: str = ""
    breadcrumbs: tuple[Link, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    indexable: bool = True
    social: bool = True
    card: Picture | None = None
    og_type: str = "website"
    exits: bool = False
    scripts: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where a page of a list stands among its sisters; links are permalinks, "" where there is none."""

    number: int
    count: int
    previous: str
    next: str
    pages: tuple[Link, ...]


def pagination(addresses: Sequence[str], number: int, links: tuple[Link, ...] = ()) -> Pagination:
    """Return the pagination of page ``number`` (from 1) of a list whose pages live at ``addresses``.

    Args:
        addresses: of the pages.
        number: of the page.
        links: ``page_links`` of the addresses, for who makes many.
    """
    return Pagination(
        number=number,
        count=len(addresses),
        previous=addresses[number - 2] if number > 1 else "",
        next=addresses[number] if number < len(addresses) else "",
        pages=links or page_links(addresses),
    )


def page_links(addresses: Sequence[str]) -> tuple[Link, ...]:
    """Return a link to each page of a list."""
    return tuple(Link(str(number), address) for number, address in enumerate(addresses, start=1))


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
