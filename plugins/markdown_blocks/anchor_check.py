"""Check links to parts of entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from plugins.base.problem import Problem
from plugins.markdown_blocks.context import LinkUse
from plugins.markdown_blocks.links import nearest


def check_anchors(uses: Iterable[LinkUse], anchors_by_path: Mapping[str, Collection[str]]) -> tuple[Problem, ...]:
    """Return a problem for each link to a part of an entry that the entry does not have.

    Args:
        uses: the links of all bodies.
        anchors_by_path: the anchors of each rendered body, by its file; links to other files are ignored.
    """
    return tuple(
        Problem(
            use.path,
            use.position,
            "unknown-anchor",
            f"{_page_of(use)} has no part called `#{use.anchor}`",
            nearest(use.anchor, anchors_by_path[use.target_path], "link to `#{}`")
            or "link to the page without `#`, or to one of its headings, in lower case with hyphens",
        )
        for use in uses
        if use.anchor and use.target_path in anchors_by_path and use.anchor not in anchors_by_path[use.target_path]
    )


def _page_of(use: LinkUse) -> str:
    return "this page" if use.target_path == use.path else f"`{use.target_path}`"
