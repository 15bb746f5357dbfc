"""The search: what its index weighs, and how long a phone whose processor is slowed six times takes to answer a key."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from plugins.content_model.loader import load
from plugins.search.index import fits
from plugins.search.vocabulary import Vocabulary, vocabulary
from tests.provisioning import LAUNCH_FLAGS, chromium
from tests.search.corpus import corpus, made_index
from tests.search.timing import opened_with, times_of
from tests.sites.building import CONTENT, build_here
from tests.sites.serving import served

#: How many times slower the processor is made; Lighthouse makes it four times slower.
_SLOWER = 6
_LIMIT = 60_000
#: What is typed after the words of a title: synonyms, words of a crisis, a slip and a whole sentence.
_TYPED = ("booze", "want to die", "alchohol", "how do I talk to my wife about drinking")


def run(sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the report, one for each size."""
    said = _said()
    names = ("make s", "kB", "parts", "room kB", "load ms", "p50 ms", "max ms")
    yield "".join((f"{'articles':>9}", *(f"{name:>9}" for name in names)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build_here(CONTENT, Path(folder) / "output")
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(LAUNCH_FLAGS))
        with served(site.output) as address:
            for size in sizes:
                documents = corpus(size)
                started = time.perf_counter()
                made = made_index(documents, said, _LIMIT)
                took = time.perf_counter() - started
                weight = _weight(made.main.data)
                room = max(0, _LIMIT - weight) if made.parts else 0
                with opened_with(browser, address, site, made) as page:
                    load, times = _measured(page, (" ".join(documents[size // 2].title.split()[:2]), *_TYPED))
                yield (
                    f"{size:>9,}{took:>9.2f}{weight / 1000:>9.1f}{len(made.parts):>9}{room / 1000:>9.1f}"
                    f"{load:>9.0f}{statistics.median(times):>9.1f}{max(times):>9.1f}"
                )
        browser.close()


def _said() -> Vocabulary:
    """What the site's own registers say."""
    library, _ = load(CONTENT, as_of=dt.date(2026, 11, 29))
    registers = library.registers
    return vocabulary(registers.synonyms.values(), tuple(registers.crisis.values()), registers.contacts)


def _weight(data: bytes) -> int:
    """Return the bytes of ``data`` as it travels: the least limit that it fits."""
    low, high = 0, len(data) + 100
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(data, middle) else (middle + 1, high)
    return low


def _measured(page: Page, typed: Sequence[str]) -> tuple[float, list[float]]:
    """Return the milliseconds from the first key to its results, the index included, and those of all later keys.

    Everything is typed twice and the second time counts: what parts take to arrive depends on the network.
    """
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    (first,) = times_of(page, "t")
    for words in typed:
        times_of(page, words)
    return first, [took for words in typed for took in times_of(page, words)]
