"""Progress: how far long work has got. A bar on a terminal, a few plain lines elsewhere, nothing for short work."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_T = TypeVar("_T")

#: Seconds of work before any of it is shown: what is done by then needs no bar.
PATIENCE = 1.0
#: Off a terminal, a line is printed each time that such a part of the work is done.
_STEPS = 4


def watched(
    items: Iterable[_T], total: int, label: str, console: Console, *, patience: float = PATIENCE
) -> Iterator[_T]:
    """Yield ``items`` as they come, and show how many of ``total`` are done.

    Args:
        items: to go through.
        total: how many there are.
        label: what is being done, for example ``Making pages``.
        console: where it is shown.
        patience: seconds before anything is.
    """
    started = time.monotonic()
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(label, total=total)
    begun, told = False, 0
    try:
        for number, item in enumerate(items, start=1):
            yield item
            if not begun and time.monotonic() - started >= patience:
                begun = True
                told = (number - 1) * _STEPS // total if patience else 0
                if console.is_terminal:
                    bar.start()
            if begun and console.is_terminal:
                bar.update(task, completed=number)
            elif begun and number * _STEPS // total > told:
                told = number * _STEPS // total
                console.print(f"{label}: {number} of {total}", highlight=False)
    finally:
        # Stopping a bar that never began would print an empty line.
        if begun and console.is_terminal:
            bar.stop()
