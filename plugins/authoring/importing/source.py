"""What every kind of source offers, whatever its format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from plugins.authoring.importing.item import Item
from plugins.base.errors import UserError


class SourceError(UserError):
    """A file cannot be read as a source; the message says which, why and how to mend it."""


def nothing(_address: str) -> bytes | None:
    """Return None: the source holds no files."""
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """A source of texts.

    Attributes:
        name: its file, for people.
        items: yields its texts; can be called again, and yields the same.
        total: how many there are.
        homes: whole addresses of the site that it came from.
        secrets: words that no file may hold, such as the e-mail addresses of authors.
        left_out: how many parts of each kind are no texts.
        mended: how often each kind of fault was mended.
        faults: parts that could not be read as they are, each with why.
        find: gives the bytes of a file of the source, by its address.
    """

    name: str
    items: Callable[[], Iterator[Item]]
    total: int
    homes: tuple[str, ...] = ()
    secrets: frozenset[str] = frozenset()
    left_out: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    faults: tuple[tuple[str, str], ...] = ()
    find: Callable[[str], bytes | None] = nothing
