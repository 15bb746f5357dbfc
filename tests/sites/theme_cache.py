"""Cache the compiled theme for all builds of one test process."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from plugins.base.cache import NoCache, Sources


class ThemeCache(NoCache):
    """Cache what is made of the theme alone, which most tests do not change, and nothing else."""

    _STEPS = frozenset({"environment", "style-rules", "palette", "contrast"})

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Hashable], Any] = {}

    def get_or_compute_tracked(
        self, step: str, inputs: Hashable, sources: Sources, make: Callable[[Mapping[str, Any]], Any]
    ) -> Any:
        """Return the result of ``make``, or the cached one for the same theme."""
        if step not in self._STEPS:
            return make(sources)
        if (step, inputs) not in self._kept:
            self._kept[step, inputs] = make(sources)
        return self._kept[step, inputs]
