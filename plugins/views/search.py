"""Search view: what the search page shows, and the pages of its list from A to Z."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plugins.views.views import Link


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """Pages whose titles begin with one letter.

    Attributes:
        letter: a heading for them.
        links: the pages, by title.
        key: stands for the letter in addresses; no other letter has it.
        phrase: what their titles begin with, in the middle of a sentence.
    """

    letter: str
    links: tuple[Link, ...]
    key: str
    phrase: str


@dataclass(frozen=True, slots=True)
class LetterLink:
    """The way to the pages of one letter.

    Attributes:
        label: the letter.
        href: permalink of their first page.
        count: how many there are; 0 where nobody is told.
    """

    label: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the search page shows.

    Attributes:
        index: permalink of the module that the search loads first.
        letters: every page, by letter; none when each letter has pages of its own.
        choices: the letters that have pages of their own; none when ``letters`` holds every page.
        in_one_file: True when the search loads nothing more, so that nobody can tell what is looked for.
    """

    index: str
    letters: tuple[LetterGroup, ...]
    choices: tuple[LetterLink, ...]
    in_one_file: bool


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """The search of a site, as far as pages show it. Each part is worked out when somebody asks for it.

    Attributes:
        view: returns what the search page shows.
        letters: returns the letters that have pages of their own; none when the search page lists every page.
        page_size: links on one page of a letter.
    """

    view: Callable[[], SearchView]
    letters: Callable[[], tuple[LetterGroup, ...]]
    page_size: int
