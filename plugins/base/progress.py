"""Show the progress of long work: a bar on a terminal, a few plain lines elsewhere, nothing for short work."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

_T = TypeVar("_T")

#: Seconds before progress is shown.
DELAY = 1.0
#: Number of lines printed for the whole work where there is no terminal.
_STEPS = 4


def track_share(share: Iterable[_T], whole: int, processes: int, *, label: str, stream: TextIO) -> Iterator[_T]:
    """Yield ``share`` and show the progress of the whole, assuming that other processes work at the same pace.

    Args:
        share: the items of this process.
        whole: number of the items of all processes.
        processes: their number.
        label: as in ``track``.
        stream: as in ``track``.
    """
    return track(share, whole, label, stream, each=processes)


def track(
    items: Iterable[_T], total: int, label: str, stream: TextIO, *, delay: float = DELAY, each: int = 1
) -> Iterator[_T]:
    """Yield ``items`` and show how many of ``total`` are done.

    Args:
        items: the items to process.
        total: number of items.
        label: for example ``Making pages``.
        stream: where progress is shown, a terminal or not.
        delay: seconds before it is shown.
        each: how much of ``total`` one of ``items`` counts.
    """
    started = time.monotonic()
    bar: Progress | None = None
    is_shown, steps_shown = False, 0
    try:
        for count, item in enumerate(items, start=1):
            yield item
            number = min(count * each, total)
            if not is_shown and time.monotonic() - started >= delay:
                is_shown = True
                steps_shown = min((count - 1) * each, total) * _STEPS // total if delay else 0
                bar = _start_bar(label, total, stream) if stream.isatty() else None
            if bar is not None:
                bar.update(bar.task_ids[0], completed=number)
            elif is_shown and number * _STEPS // total > steps_shown:
                steps_shown = number * _STEPS // total
                print(f"{label}: {number} of {total}", file=stream)
        if is_shown and bar is None and steps_shown < _STEPS:
            print(f"{label}: {total} of {total}", file=stream)
    finally:
        if bar is not None:
            bar.stop()


def _start_bar(label: str, total: int, stream: TextIO) -> Progress:
    # Imported here because the import is slow and most work ends before a bar is needed.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
    )
    bar.add_task(label, total=total)
    bar.start()
    return bar
