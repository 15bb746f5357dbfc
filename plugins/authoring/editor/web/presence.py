"""Track which author has which entry open, so that authors see each other."""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec import Struct

#: Seconds without a request of a page after which it counts as closed. Browsers throttle pages in the background.
_SILENCE = 90.0
#: Most pages that are tracked.
_MOST = 500


class _Window(Struct, frozen=True):
    path: str
    author: str
    at: float


class Presence:
    """The pages that are open.

    Args:
        clock: returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: dict[str, _Window] = {}

    def enter(self, path: str, window: str, author: str) -> list[str]:
        """Record that ``author`` has ``path`` open in ``window``, and return the other authors who have.

        Returns:
            The names, sorted. "" stands for another window of the same author.
        """
        now = self._clock()
        self._windows.pop(window, None)
        self._windows[window] = _Window(path, author, now)
        self._windows = dict([(name, one) for name, one in self._windows.items() if now - one.at <= _SILENCE][-_MOST:])
        others = {one.author for name, one in self._windows.items() if one.path == path and name != window}
        return sorted("" if name == author else name for name in others)

    def leave(self, window: str) -> None:
        """Record that ``window`` was closed."""
        self._windows.pop(window, None)
