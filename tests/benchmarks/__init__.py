"""Benchmarks: figures of speed and size, for people to read; no test rests on a time.

``inv bench NAME`` runs one. A new one is a function here that prints its own lines, and an entry in ``BENCHMARKS``.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence

from plugins.feeds import bench as feeds_bench
from tests.benchmarks import preview as preview_bench


def feeds(sizes: Sequence[int]) -> None:
    """Print what all the feeds of a site of each size cost: CPU seconds, peak memory, files."""
    print(f"{'articles':>9} {'CPU s':>7} {'peak MB':>8} {'files':>7} {'MB':>7}")
    for size in sizes:
        found = feeds_bench.measure(size)
        print(
            f"{found.articles:>9,} {found.cpu_seconds:>7.2f} {found.peak_megabytes:>8.0f} "
            f"{found.files:>7,} {found.megabytes:>7.1f}",
            flush=True,
        )


def preview(sizes: Sequence[int]) -> None:
    """Print how long a save takes to show in the preview of a site of each size."""
    for line in preview_bench.run(list(sizes)):
        print(line, flush=True)


BENCHMARKS: dict[str, Callable[[Sequence[int]], None]] = {"feeds": feeds, "preview": preview}


def run(what: str, sizes: str) -> None:
    """Run the benchmark ``what`` for each of ``sizes``, whole numbers with commas between them.

    Raises:
        SystemExit: when there is no such benchmark, or a size is not a number.
    """
    if what not in BENCHMARKS:
        sys.exit(f"error: there is no benchmark `{what}`; choose one of: {', '.join(sorted(BENCHMARKS))}")
    if not all(size.strip().isdigit() for size in sizes.split(",")):
        sys.exit(f"error: `{sizes}` is not a list of sizes; write it as  --sizes 100,1000")
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}")
    BENCHMARKS[what]([int(size) for size in sizes.split(",")])
