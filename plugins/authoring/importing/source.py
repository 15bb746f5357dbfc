"""The interface of every source, whatever its format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from plugins.authoring.importing.item import Item
from plugins.base.errors import UserError


class SourceError(UserError):
    """A file cannot be read as a source. The message says which, why and how to mend it."""


def nothing(_address: str) -> bytes | None:
    """Return None, for a source without embedded files."""
    return None


class Source(Struct, frozen=True):
    """A source of texts.

    Attributes:
        name: the name of its file, for messages.
        items: yields its texts. Each call yields the same.
        total: number of texts.
        homes: URLs of the home page of the site that it came from.
        secrets: strings that no output file may contain, such as e-mail addresses of authors.
        left_out: number of parts of each kind that are no texts.
        mended: number of repaired faults of each kind.
        faults: parts that could not be read completely, each with the reason.
        find: returns the bytes of an embedded file, by its address.
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
