"""Compute a side-by-side diff of two texts."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TypeAlias

#: What it is (``same``, ``changed`` or ``gap``), the line before, and the line after.
Row: TypeAlias = tuple[str, str, str]
#: In a run of at least ``_LONG`` equal lines, only the first and last ``_SHOWN`` are kept.
_LONG = 6
_SHOWN = 2


def side_by_side(before: str, after: str) -> list[Row]:
    """Return the rows of the diff."""
    left, right = before.split("\n"), after.split("\n")
    rows: list[Row] = []
    for tag, first, last, new_first, new_last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = [("same", line, line) for line in left[first:last]] if tag == "equal" else []
        if len(same) < _LONG:
            rows += same
        else:
            rows += [*same[:_SHOWN], ("gap", "", ""), *same[-_SHOWN:]]
        if tag != "equal":
            for number in range(max(last - first, new_last - new_first)):
                old = left[first + number] if first + number < last else ""
                new = right[new_first + number] if new_first + number < new_last else ""
                rows.append(("changed", old, new))
    return rows
