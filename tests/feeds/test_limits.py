"""Feeds are within their size limits and fast to render."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence

import pytest

from plugins.content_model.page import Person
from plugins.feeds.limits import SizeLimits
from tests.benchmarks.feeds import measure
from tests.feeds.planning import build, files
from tests.sites.writing import article, entry

_RAW, _GZIPPED = 256_000, 64_000
_FORMS = ("rss.xml", "atom.xml", "json")


def _body(words: int, seed: int) -> str:
    """Return a paragraph of random words, which gzip compresses badly."""
    generator = random.Random(seed)  # noqa: S311 - texts for a test
    return "<p>" + " ".join("".join(generator.choices("abcdefghij", k=6)) for _ in range(words)) + "</p>"


def _made(lengths: Sequence[int]) -> tuple[dict[str, bytes], list[str]]:
    entries = [article(f"text-{n:02}", published=f"2026-05-{n + 1:02}") for n in range(len(lengths))]
    bodies = {f"text-{n:02}": _body(words, n) for n, words in enumerate(lengths)}
    made = build(entry(Person, "editor"), *entries, bodies=bodies)
    return files(made), [problem.name for problem in made.problems]


def _item_count(made: dict[str, bytes]) -> int:
    return len(json.loads(made["feeds/articles.json"])["items"])


@pytest.mark.parametrize(("lengths", "minimum"), [([900] * 25, 18), ([3_000] * 25, 3), ([400] * 20 + [9_000] * 2, 2)])
def test_feed_is_within_the_limits(lengths: list[int], minimum: int) -> None:
    """A feed of long texts contains fewer items, each complete, in at most 256 kB, or 64 kB gzipped."""
    made, problems = _made(lengths)
    for form in _FORMS:
        data = made[f"feeds/articles.{form}"]
        assert len(data) <= _RAW
        assert len(gzip.compress(data, 6)) <= _GZIPPED
    assert minimum <= _item_count(made) < min(len(lengths), 21)
    for item in json.loads(made["feeds/articles.json"])["items"]:
        number = int(item["id"][-2:])
        assert _body(lengths[number], number) in item["content_html"]
    assert not problems


def test_twenty_ordinary_texts_are_in_one_feed() -> None:
    """Twenty texts of 600 random words are in one feed."""
    assert _item_count(_made([600] * 20)[0]) == 20


def test_text_too_long_for_any_feed() -> None:
    """A text larger than a feed is only in an archive, excludes no other item, and causes a warning."""
    made, problems = _made([100, 100, 60_000])
    assert _item_count(made) == 2
    assert problems == ["too-long-for-feeds"]
    archives = [data for path, data in made.items() if path.startswith("feeds/all/archive-") and "atom" in path]
    assert sum(data.count(b"<entry>") for data in archives) == 3


def test_gzip_limit_is_the_size_of_gzip_level_6() -> None:
    """The compressed size is that of gzip at level 6."""
    data = _body(5_000, 1).encode()
    gzipped = len(gzip.compress(data, 6))
    assert SizeLimits(len(data) + 400, gzipped + 400).allow([data])
    assert not SizeLimits(len(data) + 400, gzipped - 1).allow([data])
    assert not SizeLimits(len(data) - 1, gzipped + 400).allow([data])


def test_each_format_is_measured_near_the_limit() -> None:
    """The largest format may compress better than another, which is the one that does not fit."""
    large, small = f"{_body(5_000, 1)}{'a' * 10_000}".encode(), _body(5_050, 2).encode()
    limit = len(gzip.compress(small, 6)) - 1
    assert 0.95 * limit < len(gzip.compress(large, 6)) < limit
    limits = SizeLimits(1_000_000, limit + 400)
    assert limits.allow([large])
    assert not limits.allow([small, large])


def test_rendering_time_of_1000_articles() -> None:
    """All feeds of 1,000 articles take less than 5 s of processor time and 1 GB of memory."""
    figures = measure(1_000)
    assert figures.cpu_seconds < 5
    assert figures.peak_megabytes < 1_000
    assert 200 < figures.files < 300
