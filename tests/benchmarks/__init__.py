"""Measure speed and size for people to read; no test depends on a time.

``inv bench NAME`` runs one benchmark. A new benchmark is a function here that prints lines, and an entry in
``BENCHMARKS``.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks import build, corpus
from tests.benchmarks import feeds as feeds_bench
from tests.benchmarks import importing as import_bench
from tests.benchmarks import preview as preview_bench
from tests.benchmarks import search as search_bench
from tests.benchmarks import write as write_bench
from tests.sites.building import ROOT


def feeds(sizes: Sequence[int]) -> None:
    """Print the CPU time, peak memory and files of the feeds of a site of each size."""
    print(f"{'articles':>9} {'CPU s':>7} {'peak MB':>8} {'files':>7} {'MB':>7}")
    for size in sizes:
        found = feeds_bench.measure(size)
        print(
            f"{found.articles:>9,} {found.cpu_seconds:>7.2f} {found.peak_megabytes:>8.0f} "
            f"{found.files:>7,} {found.megabytes:>7.1f}",
            flush=True,
        )


def preview(sizes: Sequence[int]) -> None:
    """Print the time from a save to the refreshed preview, for a site of each size."""
    for line in preview_bench.run(list(sizes)):
        print(line, flush=True)


def search(sizes: Sequence[int]) -> None:
    """Print what the index of a site of each size weighs, and how long a slow phone takes to answer."""
    for line in search_bench.run(sizes):
        print(line, flush=True)


def check(sizes: Sequence[int]) -> None:
    """Print the time of a first check, a second check and a check of one file, for a site of each size."""
    print(f"{'articles':>9} {'run':>8} {'wall s':>8} {'CPU s':>7}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            content = corpus.write(Path(folder) / "content", size)
            one = str(content / "articles" / corpus.slug(0))
            for name, paths in (("first", []), ("second", []), ("one file", [one])):
                wall, cpu = _time_check(content, Path(folder) / "cache", paths)
                print(f"{size:>9,} {name:>8} {wall:>8.2f} {cpu:>7.2f}", flush=True)


def importing(sizes: Sequence[int]) -> None:
    """Print what an import of an export of each size costs: the first run, and a second one that changes nothing."""
    for line in import_bench.run(sizes):
        print(line, flush=True)


def _build(sizes: Sequence[int], options: build.BenchmarkOptions) -> None:
    """Print the time of builds of a site of each size, with those of other tools."""
    for part in build.run(sizes, options):
        print(part, flush=True)


def _time_check(content: Path, cache: Path, paths: Sequence[str]) -> tuple[float, float]:
    """Return the wall-clock and processor seconds of a check in a separate process."""
    code = (
        "import sys; from plugins.authoring.check.command import check;"
        "check(sys.argv[3:], content=sys.argv[1], cache=sys.argv[2], form='json', as_of='2026-11-23')"
    )
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, str(content), str(cache), *paths], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(sizes: Sequence[int]) -> None:
    """Print how long the editor takes to report a problem and to show the page, on a site of each size."""
    for line in write_bench.run(list(sizes)):
        print(line, flush=True)


BENCHMARKS: dict[str, Callable[[Sequence[int]], None]] = {
    "check": check,
    "feeds": feeds,
    "import": importing,
    "preview": preview,
    "search": search,
    "write": write,
}


def run(what: str, sizes: str, options: build.BenchmarkOptions | None = None) -> None:
    """Run the benchmark ``what`` for each of ``sizes``, whole numbers with commas between them.

    Args:
        what: its name.
        sizes: the sizes, as typed.
        options: the options of the build benchmark; None for its defaults.

    Raises:
        SystemExit: when there is no such benchmark, a size is not a number, or ``options`` are for another benchmark.
    """
    if what not in {"build", *BENCHMARKS}:
        known = ", ".join(sorted(["build", *BENCHMARKS]))
        sys.exit(f"error: there is no benchmark `{what}`; choose one of: {known}")
    if not all(size.strip().isdigit() and int(size) for size in sizes.split(",")):
        sys.exit(f"error: `{sizes}` is not a list of sizes; write it as  --sizes 100,1000")
    counts = [int(size) for size in sizes.split(",")]
    options = options or build.BenchmarkOptions()
    if what == "build":
        _build(counts, options)
        return
    if options != build.BenchmarkOptions():
        sys.exit("error: --peers, --runs, --chart and --json belong to  inv bench build")
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}")
    BENCHMARKS[what](counts)
