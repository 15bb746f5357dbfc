"""Feeds stay small, and quick to make."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence

import pytest

from plugins.content_model.page import Person
from plugins.feeds.limits import Limits
from tests.benchmarks.feeds import measure
from tests.feeds.planning import build, files
from tests.sites.writing import article, entry

_RAW, _GZIPPED = 256_000, 64_000
_FORMS = ("rss.xml", "atom.xml", "json")


def _body(words: int, seed: int) -> str:
    """Return prose of random words, which gzip can do little with."""
    chance = random.Random(seed)  # noqa: S311 - texts for a test
    return "<p>" + " ".join("".join(chance.choices("abcdefghij", k=6)) for _ in range(words)) + "</p>"


def _made(lengths: Sequence[int]) -> tuple[dict[str, bytes], list[str]]:
    entries = [article(f"text-{n:02}", published=f"2026-05-{n + 1:02}") for n in range(len(lengths))]
    bodies = {f"text-{n:02}": _body(words, n) for n, words in enumerate(lengths)}
    made = build(entry(Person, "editor"), *entries, bodies=bodies)
    return files(made), [problem.name for problem in made.problems]


def _counts(made: dict[str, bytes]) -> int:
    return len(json.loads(made["feeds/articles.json"])["items"])


@pytest.mark.parametrize(("lengths", "least"), [([900] * 25, 18), ([3_000] * 25, 3), ([400] * 20 + [9_000] * 2, 2)])
def test_a_feed_is_small(lengths: list[int], least: int) -> None:
    """A feed of long texts holds fewer items, each whole, and never more than 256 kB, 64 kB as it travels."""
    made, problems = _made(lengths)
    for form in _FORMS:
        data = made[f"feeds/articles.{form}"]
        assert len(data) <= _RAW
        assert len(gzip.compress(data, 6)) <= _GZIPPED
    assert least <= _counts(made) < min(len(lengths), 21)
    for item in json.loads(made["feeds/articles.json"])["items"]:
        number = int(item["id"][-2:])
        assert _body(lengths[number], number) in item["content_html"]
    assert not problems


def test_ordinary_texts_all_have_room() -> None:
    """Twenty texts of 600 words are in one feed, however little gzip can do with their words."""
    assert _counts(_made([600] * 20)[0]) == 20


def test_a_text_too_long_for_any_feed_is_told_of() -> None:
    """A text larger than a feed may be is in an archive alone, keeps out nothing else, and its author is told."""
    made, problems = _made([100, 100, 60_000])
    assert _counts(made) == 2
    assert problems == ["too-long-for-feeds"]
    archive = json.loads(made["feeds/articles/archive-1-of-3.json"])
    assert len(archive["items"]) == 3


def test_limits_count_what_travels() -> None:
    """The limit of what travels is that of gzip as hosts do it."""
    data = _body(5_000, 1).encode()
    travels = len(gzip.compress(data, 6))
    assert Limits(len(data) + 400, travels + 400).hold([data])
    assert not Limits(len(data) + 400, travels - 1).hold([data])
    assert not Limits(len(data) - 1, travels + 400).hold([data])


def test_a_thousand_articles_cost_little() -> None:
    """All feeds of 1,000 articles take less than 5 s of the processor and 1 GB of memory."""
    figures = measure(1_000)
    assert figures.cpu_seconds < 5
    assert figures.peak_megabytes < 1_000
    assert figures.files > 1_000
