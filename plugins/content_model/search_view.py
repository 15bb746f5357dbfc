"""Search view: what the search page shows."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.content_model.views import Link


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """Pages whose titles begin with one letter."""

    letter: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the search page shows.

    Attributes:
        index: permalink of the module that the search loads first.
        letters: every page, by letter.
        in_one_file: True when the search loads nothing more, so that nobody can tell what is looked for.
    """

    index: str
    letters: tuple[LetterGroup, ...]
    in_one_file: bool
