"""Cache what HTML fragments, elements and feed items contain, so that each is read once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable

from plugins.privacy_receipt.findings import NOTHING, Findings
from plugins.privacy_receipt.origin import SiteOrigin


class FragmentCache:
    """Findings by fragment: an article is in every feed that carries it, a menu on every page.

    Findings with violations are not cached. A violation names its file, so it is found anew in each.

    Args:
        origin: tells which addresses are ours, the same for all that is read.
    """

    def __init__(self, origin: SiteOrigin) -> None:
        self.origin = origin
        self._found: dict[tuple[Hashable, ...], Findings] = {}

    def get_or_compute(self, piece: tuple[Hashable, ...], read: Callable[..., Findings]) -> Findings:
        """Return what ``read`` finds in ``piece``, from the cache when it is there. Callers must not change it.

        Args:
            piece: the kind of fragment, and the arguments of ``read``.
            read: reads it. What else it uses shows only in the words of a violation.

        Returns:
            The findings: ``NOTHING`` itself where there are none.
        """
        found = self._found.get(piece)
        if found is None:
            _, *arguments = piece
            found = read(*arguments)
            if not found.violations:
                found = self._found[piece] = NOTHING if found == NOTHING else found
        return found

    def get_or_compute_text(self, kind: str, text: str, read: Callable[[], Findings]) -> Findings:
        """Do the same for a ``text`` that may be long; no more than its digest is kept. ``kind`` says what it is."""
        return self.get_or_compute_data(kind, text.encode("utf-8", "surrogatepass"), read)

    def get_or_compute_data(self, kind: str, data: bytes, read: Callable[[], Findings]) -> Findings:
        """Do the same for bytes."""
        return self.get_or_compute((kind, hashlib.sha256(data).digest()), lambda _: read())
