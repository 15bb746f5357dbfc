"""Known: what pieces that stand in many files told, so that each is read once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable

from plugins.checks.receipt.findings import NOTHING, Findings
from plugins.checks.receipt.places import Places


class Known:
    """Remembers what pieces told: a text stands in every feed that carries it, a menu on every page.

    Only what tells of no breach is remembered. A breach names its file, so it is found anew in each.

    Args:
        places: tells which addresses are ours, the same for all that is read.
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self._told: dict[tuple[Hashable, ...], Findings] = {}

    def recall(self, piece: tuple[Hashable, ...], read: Callable[..., Findings]) -> Findings:
        """Return what ``read`` tells, or told of the same ``piece`` before; nobody changes it.

        Args:
            piece: the name of what it is, and the arguments of ``read``.
            read: reads it. What else it uses shows only in the words of a breach.

        Returns:
            The findings: ``NOTHING`` itself where there are none.
        """
        found = self._told.get(piece)
        if found is None:
            _, *arguments = piece
            found = read(*arguments)
            if not found.breaches:
                found = self._told[piece] = NOTHING if found == NOTHING else found
        return found

    def recall_text(self, kind: str, text: str, read: Callable[[], Findings]) -> Findings:
        """Do the same for a ``text`` that may be long; no more than its digest is kept. ``kind`` says what it is."""
        return self.recall_data(kind, text.encode("utf-8", "surrogatepass"), read)

    def recall_data(self, kind: str, data: bytes, read: Callable[[], Findings]) -> Findings:
        """Do the same for bytes."""
        return self.recall((kind, hashlib.sha256(data).digest()), lambda _: read())
