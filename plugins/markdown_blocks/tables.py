"""Report table rows whose cells do not match the head."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableProcessor

from plugins.base.problem import Severity
from plugins.markdown_blocks.render_state import RenderState


class CheckedTable(TableProcessor):
    """Reports rows with more cells than the head, which are not shown, and rows with fewer cells.

    Args:
        parser: Python-Markdown's.
        state: of the body.
    """

    def __init__(self, parser: BlockParser, state: RenderState) -> None:
        super().__init__(parser, {"use_align_attribute": False})
        self._state = state

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]  # types-Markdown leaves it out
        if len(cells) > len(align):
            lost = " | ".join(cell.strip() for cell in cells[len(align) :])
            self._report(
                row,
                "lost-cell",
                f"this row has {len(cells)} cells and the head of its table {len(align)}, so “{lost}” would be lost",
                "give the head as many cells; for a bar that divides no cells, write `\\|`",
            )
        elif len(cells) < len(align):
            self._report(
                row,
                "short-row",
                f"this row has {len(cells)} cell{'s' * (len(cells) > 1)} and the head of its table {len(align)}",
                "leave a blank line before it if it is no row; else write a bar for each cell, also for an empty one",
            )
        super()._build_row(row, parent, list(align))  # type: ignore[misc]  # the same

    def _report(self, row: str, name: str, message: str, hint: str) -> None:
        context = self._state.context
        problem = context.problem(self._state.positions.text(row.strip()), name, message, hint, Severity.WARNING)
        self._state.problems.append(problem)
