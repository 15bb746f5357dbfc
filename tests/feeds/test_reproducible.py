"""The same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import time_machine

from plugins.content_model.page import Person
from tests.feeds.planning import build, files
from tests.feeds.published import Published
from tests.feeds.sites import HUB, whole_site
from tests.sites.building import run, run_here, snapshot
from tests.sites.writing import article, entry


def _feeds(output: Path) -> dict[str, bytes]:
    return {path: data for path, data in snapshot(output).items() if path.startswith("feeds/")}


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_feeds_do_not_depend_on_the_environment(whole: Published, folder: Path, seed: str) -> None:
    """Hash seed, time zone, locale and the order of files do not change the feeds."""
    content = whole_site(folder / "content")
    env = {"PYTHONHASHSEED": seed, "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    done = run(content, folder / "output", env=env, SITEURL=whole.url, FEED_HUB=HUB)
    assert done.status == 0, done.stderr
    assert _feeds(folder / "output") == _feeds(whole.output)


@pytest.mark.parametrize("clock", [dt.datetime(year, 2, 28, 23, 59, tzinfo=dt.UTC) for year in (2001, 2040)])
def test_feeds_do_not_depend_on_the_clock(whole: Published, folder: Path, clock: dt.datetime) -> None:
    """The time of the build does not change the feeds."""
    with time_machine.travel(clock):
        done = run_here(whole_site(folder / "content"), folder / "output", SITEURL=whole.url, FEED_HUB=HUB)
    assert done.status == 0, done.stderr
    assert _feeds(folder / "output") == _feeds(whole.output)


def test_feeds_do_not_depend_on_the_day_of_the_build() -> None:
    """A build on another day without new or removed entries gives the same feeds."""
    made = [
        files(build(entry(Person, "editor"), article("one"), as_of=day))
        for day in (dt.date(2026, 11, 23), dt.date(2026, 12, 24))
    ]
    assert made[0] == made[1]


def test_last_change_of_an_empty_feed() -> None:
    """The last change of a feed without items is the start of the day in ``FEED_ID_AUTHORITY``."""
    made = files(build())
    assert b"<updated>2026-01-01T00:00:00+00:00</updated>" in made["feeds/all.atom.xml"]
    assert b"<lastBuildDate>Thu, 01 Jan 2026 00:00:00 +0000</lastBuildDate>" in made["feeds/all.rss.xml"]
