"""Progress: how far long work has got. A bar on a terminal, a few plain lines elsewhere, nothing for short work."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress

_T = TypeVar("_T")

#: Seconds of work before any of it is shown: what is done by then needs no bar.
PATIENCE = 1.0
#: Off a terminal, a line is printed each time that such a part of the work is done.
_STEPS = 4


def watched_share(share: Sequence[_T], whole: int, *, label: str, console: Console) -> Iterator[_T]:
    """Yield ``share``, and show how much of the whole is done while others do the rest of it at the same pace.

    Args:
        share: to go through.
        whole: how many there are with those of the others.
        label: as in ``watched``.
        console: the same.
    """
    return watched(share, whole, label, console, each=whole / max(1, len(share)))


def watched(
    items: Iterable[_T], total: int, label: str, console: Console, *, patience: float = PATIENCE, each: float = 1
) -> Iterator[_T]:
    """Yield ``items`` as they come, and show how many of ``total`` are done.

    Args:
        items: to go through.
        total: how many there are.
        label: what is being done, for example ``Making pages``.
        console: where it is shown.
        patience: seconds before anything is.
        each: how many of ``total`` are done when one of ``items`` is.
    """
    started = time.monotonic()
    bar: Progress | None = None
    begun, told = False, 0
    try:
        for count, item in enumerate(items, start=1):
            yield item
            number = round(count * each)
            if not begun and time.monotonic() - started >= patience:
                begun = True
                told = round((count - 1) * each) * _STEPS // total if patience else 0
                bar = _begin(label, total, console) if console.is_terminal else None
            if bar is not None:
                bar.update(bar.task_ids[0], completed=number)
            elif begun and number * _STEPS // total > told:
                told = number * _STEPS // total
                console.print(f"{label}: {number} of {total}", highlight=False)
    finally:
        if bar is not None:
            bar.stop()


def _begin(label: str, total: int, console: Console) -> Progress:
    """Return a bar on a terminal."""
    # Here and not above: most work is done before anybody needs a bar.
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True
    )
    bar.add_task(label, total=total)
    bar.start()
    return bar
