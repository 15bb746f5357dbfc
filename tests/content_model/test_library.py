"""Test the library and the order of entries."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.library import newest_first
from plugins.content_model.page import Page, Person
from plugins.content_model.story import Story
from tests.sites.writing import article, entry, library

_SLUGS = st.from_regex(r"[a-c]{1,3}", fullmatch=True)
_DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 4))


@given(st.dictionaries(_SLUGS, _DAYS, max_size=8), st.randoms(use_true_random=False))
def test_newest_first_and_ties_by_permalink(days: dict[str, dt.date], random: object) -> None:
    """Entries are ordered newest first, then by permalink, whatever the order of the files."""
    articles = [article(slug, published=day.isoformat()) for slug, day in days.items()]
    expected = sorted(articles, key=lambda entry: entry.permalink)
    expected.sort(key=lambda entry: entry.published or dt.date.min, reverse=True)
    random.shuffle(articles)  # type: ignore[attr-defined]
    assert list(newest_first(articles)) == expected


def test_entries_without_a_date_come_last() -> None:
    """A page without a date comes after all entries with one."""
    dated, undated = entry(Page, "b"), entry(Page, "a", published=None)
    assert newest_first([undated, dated]) == (dated, undated)


def test_hidden_entries_are_in_no_list() -> None:
    """Drafts, future and expired entries are in the library and in none of its lists."""
    seen = article("seen", topics=["work"])
    hidden = [
        article("draft", status="draft", topics=["work"]),
        article("future", published="2026-11-24", topics=["work"]),
        article("gone", expires="2026-11-23", topics=["work"]),
    ]
    editor = entry(Person, "editor")
    made = library(seen, *hidden, editor, topics=("work",))
    assert made.articles == (seen,)
    assert made.readings == (seen,)
    assert made.by_topic == {"work": (seen,)}
    assert made.by_person == {"editor": (seen,)}
    assert set(made.by_path) == {entry.source.path for entry in (seen, *hidden, editor)}


def test_each_kind_has_its_list() -> None:
    """Articles, stories, commitments, pages and people have separate lists."""
    entries = [entry(kind, "x") for kind in (Article, Story, Commitment, Page, Person)]
    made = library(*entries)
    assert [made.articles[0], made.stories[0], made.commitments[0], made.pages[0], made.people["x"]] == entries
    assert made.commitments_by_id == {"entry-id-x": entries[2]}


def test_people_are_in_the_order_of_their_names() -> None:
    """People are ordered by name without regard to case, whatever their keys."""
    made = library(entry(Person, "a", title="zoe"), entry(Person, "b", title="Ann"), entry(Person, "c", title="bea"))
    assert list(made.people) == ["b", "c", "a"]


def test_the_page_of_a_layout() -> None:
    """The library finds the live page of a layout, and not a draft."""
    home = entry(Page, "home", layout="home")
    assert library(home).page("home") is home
    assert library(entry(Page, "home", layout="home", status="draft")).page("home") is None


def test_an_unknown_topic_has_no_list() -> None:
    """An entry with an unknown topic, which is a problem elsewhere, does not break the library."""
    assert library(article("a", topics=["nowhere"]), topics=("work",)).by_topic == {"work": ()}
