"""Know who has which entry open, so that people are told of each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

#: Seconds without a word of a page, after which it is taken for closed. Browsers slow pages in the background down.
_SILENCE = 90.0
#: The most pages that are remembered.
_MOST = 500


@dataclass(frozen=True, slots=True)
class _Window:
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

    def here(self, path: str, window: str, author: str) -> list[str]:
        """Note that ``author`` has ``path`` open in ``window``; return who else has, without the author's own name.

        Returns:
            The names, in order; "" stands for another window of the same author.
        """
        now = self._clock()
        self._windows.pop(window, None)
        self._windows[window] = _Window(path, author, now)
        self._windows = dict([(name, one) for name, one in self._windows.items() if now - one.at <= _SILENCE][-_MOST:])
        others = {one.author for name, one in self._windows.items() if one.path == path and name != window}
        return sorted("" if name == author else name for name in others)

    def gone(self, window: str) -> None:
        """Note that ``window`` was closed."""
        self._windows.pop(window, None)
