"""Show the unsaved texts of several people in one preview."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct

from plugins.authoring.editor.services import DraftFindings, ShowDrafts

#: Seconds after its last change when a draft is no longer shown.
_AWAY = 600.0


class _Draft(Struct, frozen=True):
    texts: Mapping[str, bytes]
    at: float


class Drafts:
    """The drafts that are shown in the preview, one for each author at a time.

    Args:
        show_drafts: shows texts in the preview, and returns what is wrong with them.
        clock: returns seconds.
    """

    def __init__(self, show_drafts: ShowDrafts, clock: Callable[[], float] = time.monotonic) -> None:
        self._show_drafts = show_drafts
        self._clock = clock
        self._held: dict[str, _Draft] = {}
        self._lock = asyncio.Lock()

    def of(self, author: str) -> ShowDrafts:
        """Return the function that shows the drafts of ``author`` together with those of the others."""

        async def show_drafts(texts: Mapping[str, bytes]) -> DraftFindings:
            # One at a time, because two authors may edit one entry, and each must get the problems of their own draft.
            async with self._lock:
                self._held.pop(author, None)
                if texts:
                    self._held[author] = _Draft(texts, self._clock())
                return await self._shown()

        return show_drafts

    async def leave(self, path: str) -> None:
        """Stop showing drafts of ``path``."""
        async with self._lock:
            self._held = {who: draft for who, draft in self._held.items() if path not in draft.texts}
            await self._shown()

    def _shown(self) -> Awaitable[DraftFindings]:
        since = self._clock() - _AWAY
        self._held = {who: draft for who, draft in self._held.items() if draft.at >= since}
        # The latest draft of an entry is the last one, so it is the one that is shown.
        return self._show_drafts({path: data for draft in self._held.values() for path, data in draft.texts.items()})
