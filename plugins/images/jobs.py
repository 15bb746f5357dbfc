"""Workshop: makes what is not in the cache, side by side on all processors, and shows how far it has got."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from rich.console import Console

from plugins.base.errors import os_error_message
from plugins.base.parallel import processor_count
from plugins.base.progress import track
from plugins.images.cache import PictureCache

_LABEL = "Making pictures"


@dataclass(frozen=True, slots=True)
class PictureJob:
    """Something to make.

    Attributes:
        key: says all that it is made from.
        make: returns its files by name; may take seconds.
    """

    key: str
    make: Callable[[], dict[str, bytes]]


def make_missing(
    jobs: Sequence[PictureJob], cache: PictureCache, console: Console, expected: tuple[type[Exception], ...]
) -> dict[str, Exception]:
    """Make each of ``jobs`` that ``cache`` does not hold, and put it there.

    Threads suffice: Pillow's encoders let go of Python's lock, and so does what packs cards.

    Args:
        jobs: what must be in the cache afterwards.
        cache: where to look and where to put.
        console: shows a bar on a terminal, and a few lines elsewhere; nothing when nothing is missing.
        expected: failures to make something that concern one job only; what the machine refuses concerns all.

    Returns:
        The expected failures, by key.

    Raises:
        OSError: when the cache cannot be written, or the machine refuses something else.
    """
    missing = list({job.key: job for job in jobs if cache.lengths(job.key) is None}.values())
    if not missing:
        return {}
    cache.sweep()
    failures: dict[str, Exception] = {}
    # Pictures are large in memory: no more at once than there are processors.
    pool = ThreadPoolExecutor(max_workers=processor_count())
    try:
        futures = {pool.submit(_make, job, cache, expected): job for job in missing}
        for future in track(as_completed(futures), len(futures), _LABEL, console, delay=0):
            if failure := future.result():
                failures[futures[future].key] = failure
    finally:
        # After Ctrl-C nothing new is begun; what has begun ends within a second or two and is kept whole.
        pool.shutdown(cancel_futures=True)
    return failures


def _make(job: PictureJob, cache: PictureCache, expected: tuple[type[Exception], ...]) -> Exception | None:
    """Put what ``job`` makes into ``cache``, or return why it cannot be made."""
    try:
        made = job.make()
    except expected as error:
        if os_error_message(error):
            raise
        return error
    cache.put(job.key, made)
    return None
