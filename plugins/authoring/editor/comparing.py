"""Show two versions of a text side by side."""

from __future__ import annotations

from difflib import SequenceMatcher

#: Of longer runs of equal lines, only the first and the last are shown.
_LONG = 6
_SHOWN = 2


def side_by_side(before: str, after: str) -> list[tuple[str, str, str]]:
    """Return rows that show where two texts differ: ``same``, ``changed`` or ``gap``, and the line of each."""
    left, right = before.split("\n"), after.split("\n")
    rows: list[tuple[str, str, str]] = []
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
