"""Which articles stand beside a page."""

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
def test_the_newest_but_the_one_that_one_is_on(count: int, beside: Any) -> None:
    """The first of the others in the order of the site, as many as asked for or as there are."""
    found = recent(ARTICLES, beside=beside, count=count)
    assert found == tuple(one for one in ARTICLES if one is not beside)[:count]


def test_no_articles_give_no_cards() -> None:
    """Without another article there is nothing to show."""
    assert recent((), beside=None, count=3) == ()
    assert recent(ARTICLES[:1], beside=ARTICLES[0], count=3) == ()


def test_most_shared_topics_first_then_the_newer() -> None:
    """Related articles share topics; more topics count before a newer day, and ties are broken by permalink."""
    here = article("here", topics=["x", "y"])
    both = article("both", topics=["y", "x"], published="2026-01-01")
    newer = article("newer", topics=["x"], published="2026-05-02")
    older = article("older", topics=["y"], published="2026-05-01")
    older_too = article("a-older", topics=["y"], published="2026-05-01")
    none = article("none", topics=["z"])
    made = library(here, both, newer, older, older_too, none, topics=("x", "y", "z"))
    assert Rankings(made.articles, made.by_topic).related(beside=here, count=9) == (both, newer, older_too, older)
    assert Rankings(made.articles, made.by_topic).related(beside=here, count=2) == (both, newer)


@given(st.lists(st.sets(st.sampled_from("uvwxyz")), min_size=1, max_size=40), st.integers(0, 5), st.randoms())
def test_relatives_are_those_that_counting_finds(topics: list[set[str]], count: int, chance: random.Random) -> None:
    """Whatever topics articles have, the related ones are the first of all that share one, sorted by how many."""
    made = library(
        *(article(f"a{place}", topics=sorted(own)) for place, own in enumerate(topics)), topics=tuple("uvwxyz")
    )
    here = chance.choice(made.articles)
    others = [one for one in made.articles if one is not here and set(one.topics) & set(here.topics)]
    counted = sorted(others, key=lambda one: -len(set(one.topics) & set(here.topics)))
    assert Rankings(made.articles, made.by_topic).related(beside=here, count=count) == tuple(counted[:count])


def test_an_entry_without_topics_has_no_relatives() -> None:
    """Nothing is related to an entry without topics."""
    made = library(article("a", topics=["x"]), topics=("x",))
    assert Rankings(made.articles, made.by_topic).related(beside=article("b"), count=3) == ()


@pytest.mark.parametrize("value", [-1, "3", None, True, 2.0])
def test_a_count_is_a_whole_number(value: object) -> None:
    """A count that cannot be used is an error that names the setting."""
    with pytest.raises(SettingsError, match="RECENT_ARTICLES_COUNT"):
        RecentSettings.from_pelican({"RECENT_ARTICLES_COUNT": value, "RELATED_ARTICLES_COUNT": 3})
