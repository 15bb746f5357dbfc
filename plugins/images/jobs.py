"""Run the jobs whose results are not in the picture cache, in parallel and with a progress display."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO

from msgspec import Struct

from plugins.base.errors import os_error_message
from plugins.base.parallel import processor_count
from plugins.base.progress import track
from plugins.images.cache import PictureCache

_LABEL = "Making pictures"
#: The most that all files of a picture of 1,200 pixels took one processor; .22 to .34 s were measured.
_SECONDS_EACH = 0.4


class PictureJob(Struct, frozen=True):
    """A function whose result is cached.

    Attributes:
        key: depends on all inputs of ``make``.
        make: returns files by name, and may take seconds.
    """

    key: str
    make: Callable[[], dict[str, bytes]]


def make_missing(
    jobs: Sequence[PictureJob], cache: PictureCache, stream: TextIO, expected: tuple[type[Exception], ...]
) -> dict[str, Exception]:
    """Run each of ``jobs`` whose key is not in ``cache``, and cache the results.

    Jobs run in threads, because Pillow's encoders and zlib release the global interpreter lock.

    Args:
        jobs: the jobs whose results are needed.
        cache: contains the results.
        stream: shows how long they will take, then a bar on a terminal and a few lines elsewhere, and nothing when no
            result is missing.
        expected: errors that concern one job only.

    Returns:
        The expected failures, by key.

    Raises:
        OSError: when the cache cannot be written, or the system refuses another operation.
    """
    missing = list({job.key: job for job in jobs if cache.lengths(job.key) is None}.values())
    if not missing:
        return {}
    # Imported here because most builds make no picture.
    from concurrent.futures import ThreadPoolExecutor, as_completed  # noqa: PLC0415

    cache.sweep()
    seconds = round(len(missing) * _SECONDS_EACH / processor_count())
    if seconds > 1:
        print(f"Making {len(missing)} pictures takes about {seconds} s, once.", file=stream)
    failures: dict[str, Exception] = {}
    # One job per processor limits the memory that decoded pictures need.
    pool = ThreadPoolExecutor(max_workers=processor_count())
    try:
        futures = {pool.submit(_make, job, cache, expected): job for job in missing}
        for future in track(as_completed(futures), len(futures), _LABEL, stream, delay=0):
            if failure := future.result():
                failures[futures[future].key] = failure
    finally:
        # After Ctrl-C, running jobs end within two seconds and are cached.
        pool.shutdown(cancel_futures=True)
    return failures


def _make(job: PictureJob, cache: PictureCache, expected: tuple[type[Exception], ...]) -> Exception | None:
    """Cache the result of ``job``, or return its expected error."""
    try:
        files = job.make()
    except expected as error:
        if os_error_message(error):
            raise
        return error
    cache.put(job.key, files)
    return None
