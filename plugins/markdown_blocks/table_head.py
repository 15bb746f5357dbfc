"""Detect whether a line of a source begins a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: The delimiter row.
_RULE = re.compile(r" {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")


def begins_table(texts: Sequence[str], at: int) -> bool:
    """Return whether the line ``at`` of ``texts`` is the head of a table, by the number of bars."""
    if "|" not in texts[at] or at + 1 >= len(texts) or "|" not in texts[at + 1]:
        return False
    return _RULE.fullmatch(texts[at + 1]) is not None and _bars(texts[at]) == _bars(texts[at + 1])


def _bars(row: str) -> int:
    return row.strip().removeprefix("|").removesuffix("|").count("|")
