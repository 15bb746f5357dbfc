"""Summarise a build in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from plugins.base.terminal import pluralise
from plugins.engine.output_index import WriteResult
from plugins.engine.outputs import Claim, Output


def summary(outputs: Mapping[str, Output], placed: WriteResult, edited: Collection[str], seconds: float) -> str:
    """Return a line such as ``3 of 10,412 pages written in 0.40 s: 1 edited, 2 lists``.

    Args:
        outputs: every file of the site.
        placed: what was written and removed.
        edited: the changed files of the content.
        seconds: the duration of the build.
    """
    pages = sum(path.endswith(".html") for path in outputs)
    kinds = Counter(_kind(outputs[path], edited, placed.added) for path in placed.written if path.endswith(".html"))
    counts = [
        f"{kinds['added']:,} added" if kinds["added"] else "",
        f"{kinds['edited']:,} edited" if kinds["edited"] else "",
        f"{kinds['renewed']:,} renewed" if kinds["renewed"] else "",
        pluralise(kinds["list"], "list") if kinds["list"] else "",
        f"{gone:,} removed" if (gone := sum(path.endswith(".html") for path in placed.removed)) else "",
        f"and {pluralise(others, 'other file')}" if (others := len(placed.written) - kinds.total()) else "",
    ]
    what = ", ".join(part for part in counts if part) or "nothing changed"
    return f"{kinds.total():,} of {pages:,} pages written in {seconds:.2f} s: {what}"


def _kind(output: Output, edited: Collection[str], added: Collection[str]) -> str:
    if output.owner.claim is Claim.SITE:
        return "list"
    if output.path in added:
        return "added"
    return "edited" if output.owner.path in edited else "renewed"
