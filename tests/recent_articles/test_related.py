"""Recent and related articles beside a page."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.engine.settings import SettingsError
from plugins.recent_articles.related import Rankings, recent
from plugins.recent_articles.settings import RecentSettings
from tests.sites.writing import article, library

ARTICLES = tuple(article(slug, published=f"2026-06-{20 - place:02}") for place, slug in enumerate("abcdef"))


@given(st.integers(0, 8), st.sampled_from([None, *ARTICLES]))
def test_recent_excludes_the_entry_of_the_page(count: int, excluded: Any) -> None:
    """Recent articles are the first in the order of the site, without the entry of the page."""
    found = recent(ARTICLES, exclude=excluded, count=count)
    assert found == tuple(each for each in ARTICLES if each is not excluded)[:count]


def test_recent_without_other_articles() -> None:
    """Without other articles there are no recent articles."""
    assert recent((), exclude=None, count=3) == ()
    assert recent(ARTICLES[:1], exclude=ARTICLES[0], count=3) == ()


def test_related_by_shared_topics_then_day() -> None:
    """Articles with more shared topics come first, then newer ones, then by permalink."""
    entry = article("entry", topics=["x", "y"])
    both = article("both", topics=["y", "x"], published="2026-01-01")
    newer = article("newer", topics=["x"], published="2026-05-02")
    older = article("older", topics=["y"], published="2026-05-01")
    older_too = article("a-older", topics=["y"], published="2026-05-01")
    none = article("none", topics=["z"])
    made = library(entry, both, newer, older, older_too, none, topics=("x", "y", "z"))
    assert Rankings(made.articles, made.by_topic).related(entry, count=9) == (both, newer, older_too, older)
    assert Rankings(made.articles, made.by_topic).related(entry, count=2) == (both, newer)


@given(st.lists(st.sets(st.sampled_from("uvwxyz")), min_size=1, max_size=40), st.integers(0, 5), st.randoms())
def test_related_equals_counting_topics(topics: list[set[str]], count: int, generator: random.Random) -> None:
    """Related articles equal those sorted by a count of shared topics."""
    made = library(
        *(article(f"a{place}", topics=sorted(own)) for place, own in enumerate(topics)), topics=tuple("uvwxyz")
    )
    entry = generator.choice(made.articles)
    others = [each for each in made.articles if each is not entry and set(each.topics) & set(entry.topics)]
    counted = sorted(others, key=lambda each: -len(set(each.topics) & set(entry.topics)))
    assert Rankings(made.articles, made.by_topic).related(entry, count=count) == tuple(counted[:count])


def test_entry_without_topics_has_no_related_articles() -> None:
    """An entry without topics has no related articles."""
    made = library(article("a", topics=["x"]), topics=("x",))
    assert Rankings(made.articles, made.by_topic).related(article("b"), count=3) == ()


@pytest.mark.parametrize("value", [-1, "3", None, True, 2.0])
def test_count_must_be_a_whole_number(value: object) -> None:
    """The error for an invalid count contains the name of the setting."""
    with pytest.raises(SettingsError, match="RECENT_ARTICLES_COUNT"):
        RecentSettings.from_pelican({"RECENT_ARTICLES_COUNT": value, "RELATED_ARTICLES_COUNT": 3})
