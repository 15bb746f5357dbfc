"""Compile regular expressions when they are used.

Python compiles each in 0.1 to 0.5 ms, and those for mistakes are needed by few commands.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    """Has the attributes of a compiled pattern, and compiles it when one is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the attribute
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        # Python asks no second time for an attribute that is set.
        vars(self).update({each: getattr(compiled, each) for each in dir(compiled) if not each.startswith("_")})
        return getattr(compiled, name)


def late_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what ``re.compile`` returns, but compiled when it is first used. A mistake in it shows only then."""
    return cast("re.Pattern[str]", _LatePattern(source, flags))
