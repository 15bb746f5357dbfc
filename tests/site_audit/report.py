"""Show the progress of an audit, and write its figures and its report."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from plugins.link_check.violation import Violation
from tests.site_audit.rules import FIGURES, Figure, Rule


class Progress:
    """Shows a progress bar for each engine on a terminal, and lines elsewhere, on standard error."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stderr, highlight=False)

    @contextlib.contextmanager
    def of(self, name: str, pages: int) -> Iterator[Callable[[], None]]:
        """Show the start of ``name`` with this number of steps, and yield a function to call after each step."""
        if not self._console.is_terminal:
            print(f"checking: {name}" + (f", {pages} pages" if pages > 1 else ""), file=sys.stderr, flush=True)
            yield lambda: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bar(*columns, console=self._console) as bar:
            task = bar.add_task(name, total=pages)
            yield lambda: bar.advance(task)


def table(figures: Sequence[Figure]) -> str:
    """Return a Markdown table of the figures, with one row for each fully measured page."""
    rows: dict[str, dict[str, float]] = {}
    for figure in figures:
        rows.setdefault(figure.page, {})[figure.name] = figure.value
    # Only some pages have a weight.
    most = max((len(row.keys() - {"weight", "requests"}) for row in rows.values()), default=0)
    rows = {page: row for page, row in rows.items() if len(row.keys() - {"weight", "requests"}) == most}
    names = [name for name in FIGURES if any(name in row for row in rows.values())]
    lines = [f"| page | {' | '.join(FIGURES[name] for name in names)} |", "|---|" + "---:|" * len(names)]
    for page, row in rows.items():
        lines.append(f"| {page} | {' | '.join(f'{row[name]:,.0f}' if name in row else '' for name in names)} |")
    return "\n".join(lines)


def as_json(
    violations: Sequence[Violation],
    figures: Sequence[Figure],
    rules: Sequence[Rule],
    pages: Sequence[str],
    heavy: Sequence[str],
) -> dict[str, Any]:
    """Return the report as JSON data."""
    return {
        "pages": list(pages),
        "heavy_pages": list(heavy),
        "figures": [asdict(figure) for figure in figures],
        "rules": [asdict(rule) for rule in rules],
        "violations": [asdict(violation) for violation in violations],
    }


def write_json(file: Path, report: dict[str, Any]) -> None:
    """Write the report to ``file``."""
    file.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
