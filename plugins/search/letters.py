"""Letters: every page by the first letter of its title, for readers whose browser runs no scripts."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.content_model.search_view import LetterGroup
from plugins.content_model.views import Link
from plugins.search.index import Document
from plugins.search.words import words

_NO_LETTER = "0–9"


def letters(documents: Sequence[Document]) -> tuple[LetterGroup, ...]:
    """Return links to ``documents`` in groups, from A to Z; titles that begin with no letter come first."""
    groups: dict[str, list[Link]] = {}
    for document in sorted(documents, key=lambda document: (words(document.title), document.href)):
        first = (words(document.title) or ["0"])[0][0].upper()
        groups.setdefault(first if first.isalpha() else _NO_LETTER, []).append(Link(document.title, document.href))
    return tuple(LetterGroup(letter, tuple(links)) for letter, links in groups.items())
