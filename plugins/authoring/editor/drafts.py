"""Show the unsaved texts of several people in one preview."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from plugins.authoring.editor.tools import DraftFindings, TryOut

#: Seconds after which a text on which nobody writes any more is not shown.
_AWAY = 600.0


@dataclass(frozen=True, slots=True)
class _Draft:
    texts: Mapping[str, bytes]
    at: float


class Drafts:
    """The texts that people write, one of each person at a time.

    Args:
        try_out: shows texts in the preview, and returns what is wrong with them.
        clock: returns seconds.
    """

    def __init__(self, try_out: TryOut, clock: Callable[[], float] = time.monotonic) -> None:
        self._try_out = try_out
        self._clock = clock
        self._held: dict[str, _Draft] = {}
        self._lock = asyncio.Lock()

    def of(self, author: str) -> TryOut:
        """Return what shows the texts of ``author`` beside those of the others."""

        async def try_out(texts: Mapping[str, bytes]) -> DraftFindings:
            # One after the other: two people may write on one entry, and each must learn of their own text.
            async with self._lock:
                self._held.pop(author, None)
                if texts:
                    self._held[author] = _Draft(texts, self._clock())
                return await self._shown()

        return try_out

    async def leave(self, path: str) -> None:
        """Show nobody's text of ``path`` any more."""
        async with self._lock:
            self._held = {who: draft for who, draft in self._held.items() if path not in draft.texts}
            await self._shown()

    def _shown(self) -> Awaitable[DraftFindings]:
        since = self._clock() - _AWAY
        self._held = {who: draft for who, draft in self._held.items() if draft.at >= since}
        # The newest is the last, so that it is shown where several people write on one entry.
        return self._try_out({path: data for draft in self._held.values() for path, data in draft.texts.items()})
