"""What an import costs: CPU time and peak memory of a first and a second run, and of Python-Markdown alone."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.authoring.importing.exports import HOME, Post, export, item
from tests.authoring.importing.world import new_content
from tests.benchmarks import corpus
from tests.sites.building import ROOT

#: Words of a post, as a post of a blog has.
WORDS = 600
_KILOBYTE = 1_024

_IMPORT = (
    "import resource, sys; from plugins.authoring.importing.command import import_files;"
    "import_files([sys.argv[1]], content=sys.argv[2], as_of='2026-11-23');"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=open(sys.argv[3], 'w'))"
)
_MARKDOWN = (
    "import sys, pathlib; from markdown import Markdown;"
    "made = Markdown(extensions=['footnotes', 'tables', 'sane_lists']);"
    "[made.reset().convert(file.read_text('utf-8').split('---', 2)[2])"
    " for file in pathlib.Path(sys.argv[1]).rglob('articles/*/index.md')]"
)


def run(sizes: Sequence[int]) -> Iterator[str]:
    """Yield a line of figures for each run of each size."""
    yield f"{'posts':>7} {'run':>7} {'wall s':>8} {'CPU s':>7} {'ms a post':>10} {'Markdown':>9} {'peak MB':>8}"
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            content = new_content(folder / "site" / "content")
            file, peak = _export(folder / "export.xml", size), folder / "peak"
            for which in ("first", "second"):
                wall, cpu = _timed([sys.executable, "-c", _IMPORT, str(file), str(content), str(peak)])
                _, markdown = _timed([sys.executable, "-c", _MARKDOWN, str(content)])
                megabytes = int(peak.read_text()) / _KILOBYTE
                yield (
                    f"{size:>7,} {which:>7} {wall:>8.1f} {cpu:>7.1f} {cpu / size * 1_000:>10.1f} "
                    f"{markdown / size * 1_000:>9.1f} {megabytes:>8.0f}"
                )


def _export(file: Path, size: int) -> Path:
    """Write an export of ``size`` posts, one after the other."""
    head, end = export([]).split("</channel>")
    with file.open("w", encoding="utf-8") as stream:
        stream.write(head)
        for number in range(1, size + 1):
            stream.write(item(Post(number, f"Post {number}", _body(number, size))))
        stream.write(f"</channel>{end}")
    return file


def _body(number: int, size: int) -> str:
    """Return the body of a post, made of the words of the corpus, as the classic editor keeps it."""
    text = corpus.article(number, size, words=WORDS).split("---\n", 2)[2]
    parts = []
    for part in text.split("\n\n"):
        if part.startswith("## "):
            parts.append(f"<h2>{part[3:].strip()}</h2>")
        elif part.startswith("- "):
            parts.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in part.splitlines()) + "</ul>")
        elif not part.startswith(("///", "See [")):
            parts.append(part.replace("**", "").replace("*", ""))
    parts.append(f'See <a href="{HOME}/?p={number % size + 1}">the next</a>.')
    return "\n\n".join(parts)


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds, on the clock and of processors, of a command."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
