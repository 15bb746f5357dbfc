"""Measure the feeds of a site with many articles in a separate process."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from plugins.content_model.article import Article
from plugins.content_model.entry_source import EntrySource
from plugins.content_model.library import Library
from plugins.content_model.page import Person
from plugins.content_model.registers import Registers, Topic
from plugins.engine.build import Build
from plugins.engine.settings import SiteSettings
from plugins.feeds.plugin import plan
from plugins.views.body import Body

_ROOT = Path(__file__).resolve().parents[2]
_TOPICS, _PEOPLE, _WORDS = 9, 4, 900
_AS_OF = dt.date(2026, 11, 23)
_SETTINGS = {
    "FEED_ITEMS": 20,
    "FEED_ID_AUTHORITY": "example.org,2026",
    "FEED_RIGHTS": "©",
    "FEED_HUB": "",
    "FEED_TTL": 360,
    "FEED_SIZE_LIMIT": 256_000,
    "FEED_GZIP_LIMIT": 64_000,
    "FEED_WITHDRAWN_DAYS": 90,
    "FEED_HELP_CONTACTS": [],
    "FEED_ALIASES": [],
    "GONE_SINCE": {},
}


class Figures(Struct, frozen=True):
    """The cost of the feeds.

    Attributes:
        articles: number of articles.
        files: number of feed files.
        megabytes: total size of the files.
        cpu_seconds: processor time from the articles in memory to the bytes of every file.
        peak_megabytes: peak memory of the process, including the articles.
    """

    articles: int
    files: int
    megabytes: float
    cpu_seconds: float
    peak_megabytes: float


def measure(articles: int) -> Figures:
    """Return the cost of the feeds of ``articles`` articles of 900 words, measured in a new process.

    Raises:
        subprocess.CalledProcessError: when the process fails.
    """
    # Run as a script, because imports of the benchmarks package would count as memory of the feeds.
    command = [sys.executable, "-P", __file__, str(articles)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return Figures(**json.loads(done.stdout))


def sample(articles: int) -> Build:
    """Return a build of ``articles`` articles, three topics each, one a day."""
    topics = {
        f"topic-{n}": Topic.model_construct(key=f"topic-{n}", name=f"Topic {n}", summary="A topic.", safety=None)
        for n in range(_TOPICS)
    }
    people = [_entry(Person, f"person-{n}", n, role="Writer") for n in range(_PEOPLE)]
    texts = [
        _entry(
            Article,
            f"article-{n}",
            n,
            author=f"person-{n % _PEOPLE}",
            topics=tuple(f"topic-{(n + step) % _TOPICS}" for step in (0, 2, 5)),
            kind="guide",
            medical=False,
        )
        for n in range(articles)
    ]
    library = Library((*people, *texts), Registers(topics=topics), _AS_OF)
    site = SiteSettings("Sample", "A sample.", "https://example.org", "en-GB", "Europe/London", "", _AS_OF)
    build = Build(site, _SETTINGS, library)
    build.texts.bodies.update((text.source.path, _body(n)) for n, text in enumerate(texts))
    return build


def _entry(
    model: type[Person | Article],
    slug: str,
    number: int,
    **fields: Any,
) -> Person | Article:
    """Return an entry without validation, whose time is not measured."""
    return model.model_construct(
        id=f"sample-{slug}",
        title=f"Title of {slug}",
        slug=slug,
        summary="One or two plain sentences that stand alone on a card, as long as most of them are in truth.",
        status="published",
        published=_AS_OF - dt.timedelta(days=number),
        source=EntrySource(f"{slug}.md"),
        **fields,
    )


def _body(number: int) -> Body:
    paragraphs = (
        " ".join(f"word{(number * 7919 + place * 104729 + word) % 4999}" for word in range(60))
        for place in range(_WORDS // 60)
    )
    return Body.of("\n".join(f'<p>{text} <a href="/articles/article-1/">more</a>.</p>' for text in paragraphs))


def _report(articles: int) -> Figures:
    build = sample(articles)
    started = time.process_time()
    plan(build)
    build.complete()
    files = total = 0
    for output in build.outputs:
        total += len(output.make())
        files += 1
    return Figures(
        articles=articles,
        files=files,
        megabytes=round(total / 1e6, 1),
        cpu_seconds=round(time.process_time() - started, 2),
        peak_megabytes=round(_peak_kilobytes() / 1024, 1),
    )


def _peak_kilobytes() -> int:
    """Return the peak memory of this process.

    On Linux ``ru_maxrss`` includes the parent process, so ``/proc/self/status`` is read.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_report(int(sys.argv[1])))))
