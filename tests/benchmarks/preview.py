"""Measure the time from a save to the refreshed page in the preview."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import awatch

from tests import coroutines
from tests.authoring.preview.live import Live, next_problems, preview, until
from tests.benchmarks import corpus

#: Measured saves of each kind, after one that is not measured.
_SAVES = 20
#: Seconds between two saves, enough for background work to end.
_PAUSE = 1.5


def run(sizes: list[int]) -> Iterator[str]:
    """Yield the lines of the report, one for each kind of save at each size."""
    yield f"{'articles':>9}  {'save':<32} {'p50 s':>7} {'p95 s':>7} {'max s':>7}"
    yield _line(0, "file notice alone (no preview)", _notices())
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            content = corpus.write(Path(folder) / "content", size)
            started = time.perf_counter()
            with preview(content) as live:
                yield f"{size:>9,}  {'started, nothing known':<32} {time.perf_counter() - started:>7.2f}"
                _wait_for_first_build(live)
                yield from _measured(live, content, size)


def _measured(live: Live, content: Path, size: int) -> Iterator[str]:
    middle, newest = corpus.slug(size // 2), corpus.slug(0)
    yield _line(size, "body, its page in view", _saves(live, content, middle, f"articles/{middle}/index.html", _body))
    yield _line(
        size, "newest body, its page in view", _saves(live, content, newest, f"articles/{newest}/index.html", _body)
    )
    yield _line(size, "newest title, home page in view", _saves(live, content, newest, "index.html", _title))
    yield _line(size, "mistake, until the overlay", _mistakes(live, content, middle))


def _saves(live: Live, content: Path, slug: str, page: str, change: Callable[[str, int], str]) -> list[float]:
    """Return the seconds from each save to the complete refreshed page."""
    file = content / "articles" / slug / "index.md"
    text = file.read_text(encoding="utf-8")
    target = f"/{page.removesuffix('index.html')}"
    digest = live.get(target).digest
    found = []
    with live.events(page, digest) as events:
        for number in range(_SAVES + 1):
            started = time.perf_counter()
            file.write_text(change(text, number), encoding="utf-8")
            until(events, "refresh")
            body = live.get(target).body
            found.append(time.perf_counter() - started)
            assert f"saved {number}".encode() in body
            time.sleep(_PAUSE)
    return found[1:]


def _mistakes(live: Live, content: Path, slug: str) -> list[float]:
    file = content / "articles" / slug / "index.md"
    text = file.read_text(encoding="utf-8")
    found = []
    with live.events(f"articles/{slug}/index.html", live.get(f"/articles/{slug}/").digest) as events:
        for _ in range(_SAVES):
            started = time.perf_counter()
            file.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
            next_problems(events, wrong=True)
            found.append(time.perf_counter() - started)
            file.write_text(text, encoding="utf-8")
            next_problems(events, wrong=False)
            time.sleep(_PAUSE)
    return found


def _body(text: str, number: int) -> str:
    return f"{text}\nThis was saved {number} times.\n"


def _title(text: str, number: int) -> str:
    return text.replace('title: "', f'title: "saved {number} ', 1)


def _notices() -> list[float]:
    """Return the seconds until the system reports a save, the lower limit of any preview."""

    async def measured(folder: Path) -> list[float]:
        found = []
        changes = awatch(folder, step=20, debounce=200)
        for number in range(_SAVES + 1):
            waiting = asyncio.ensure_future(anext(changes))
            await asyncio.sleep(0.2)
            started = time.perf_counter()
            (folder / "file.md").write_text(str(number), encoding="utf-8")
            await waiting
            found.append(time.perf_counter() - started)
        return found[1:]

    with tempfile.TemporaryDirectory() as folder:
        return coroutines.run(measured(Path(folder)))


def _wait_for_first_build(live: Live) -> None:
    """Wait until the first build has rendered all pages."""
    while not any("new, after" in line for line in live.said):
        time.sleep(0.2)
    time.sleep(_PAUSE)


def _line(size: int, what: str, seconds: list[float]) -> str:
    quantiles = statistics.quantiles(seconds, n=20)
    return f"{size or '':>9}  {what:<32} {statistics.median(seconds):>7.3f} {quantiles[18]:>7.3f} {max(seconds):>7.3f}"
