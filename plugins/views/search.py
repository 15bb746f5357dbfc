"""The views of the search page and of its list of pages from A to Z."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from plugins.views.views import ContactView, Link


class LetterGroup(Struct, frozen=True):
    """Pages whose titles begin with one letter.

    Attributes:
        letter: the heading.
        links: links to the pages, by title.
        key: unique key of the letter in addresses.
        phrase: name of the letter within a sentence.
    """

    letter: str
    links: tuple[Link, ...]
    key: str
    phrase: str


class LetterLink(Struct, frozen=True):
    """A link to the pages of one letter.

    Attributes:
        label: the letter.
        href: permalink of the first page.
        count: number of pages, or 0 if the link does not show it.
    """

    label: str
    href: str
    count: int = 0


class HelpCard(Struct, frozen=True):
    """The help contacts for words of a crisis.

    Attributes:
        says: the first sentence of the card.
        contacts: the contacts, the most urgent first.
    """

    says: str
    contacts: tuple[ContactView, ...]


class SearchView(Struct, frozen=True):
    """The view of the search page.

    Attributes:
        index: permalink of the module that the search script loads first.
        letters: all pages by letter. Empty if each letter has pages of its own.
        choices: links to the pages of the letters. Empty if ``letters`` contains all pages.
        in_one_file: True if a search loads no further file, so that requests do not reveal the search term.
        card: the card that is shown without scripts. None on a site without help contacts.
        contacts: all help contacts. The script takes from them those of a card or a result.
        topics: the topics offered when a search finds nothing.
    """

    index: str
    letters: tuple[LetterGroup, ...]
    choices: tuple[LetterLink, ...]
    in_one_file: bool
    card: HelpCard | None = None
    contacts: tuple[ContactView, ...] = ()
    topics: tuple[Link, ...] = ()


class SiteSearch(Struct, frozen=True):
    """The parts of the site's search that pages need, computed on demand.

    Attributes:
        view: returns the view of the search page.
        letters: returns the letters that have pages of their own. Empty if the search page lists all pages.
        page_size: number of links on one page of a letter.
    """

    view: Callable[[], SearchView]
    letters: Callable[[], tuple[LetterGroup, ...]]
    page_size: int
