"""Test when and where a story may appear, according to its fields."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.entry import Scope
from plugins.content_model.library import Library
from plugins.content_model.link_targets import removed_targets
from plugins.content_model.loader import parse_entry
from plugins.content_model.registers import Registers
from plugins.content_model.story import Story
from plugins.content_model.tombstone import Tombstone
from tests.sites.writing import TODAY, article, fields, text

_CONSENT = {"ref": "r", "given_on": "2026-01-07", "form_version": "1", "scope": ["web"], "expires": "2027-01-07"}


def told_story(**changes: Any) -> Story:
    """Return a story that a person told, valid or not."""
    made, _ = parse_entry(
        text(fields(Story, "told", illustrative=None, **changes)),
        "stories/told/index.md",
        Story,
    )
    assert isinstance(made, Story)
    return made


@given(
    given_on=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), days=st.integers(1, 1800), day=st.integers(-40, 1900)
)
def test_a_story_is_live_while_its_consent_lasts(given_on: dt.date, days: int, day: int) -> None:
    """A story is live from the day of consent until the day before the consent ends."""
    ends, as_of = given_on + dt.timedelta(days=days), given_on + dt.timedelta(days=day)
    story = told_story(published="2019-01-01", consent=_CONSENT | {"given_on": str(given_on), "expires": str(ends)})
    assert story.is_live(as_of) == (given_on <= as_of < ends)
    assert story.has_lapsed(as_of) == (as_of >= ends)


@given(st.sets(st.sampled_from(get_args(Scope)), min_size=1))
def test_each_channel_needs_consent(places: set[Scope]) -> None:
    """A story may appear only in the channels of its consent, and is live only with the web among them."""
    story = told_story(consent=_CONSENT | {"scope": sorted(places)})
    assert {place for place in get_args(Scope) if story.allows(place)} == places
    assert story.is_live(TODAY) == ("web" in places)


def test_without_consent_nothing_is_allowed() -> None:
    """A story without consent is allowed nowhere. A sample and an article are allowed everywhere but in AI training."""
    assert not told_story().is_live(TODAY)
    for place in get_args(Scope):
        agreed = place != "ai_training"
        assert not told_story().allows(place)
        assert article("a").allows(place) == agreed
        sample, _ = parse_entry(text(fields(Story, "a")), "stories/a/index.md", Story)
        assert isinstance(sample, Story)
        assert sample.allows(place) == agreed


@pytest.mark.parametrize("release", [False, True])
def test_gone_entries_are_known(release: bool) -> None:
    """Withdrawn entries are always known by file and address; expired ones only in a release."""
    stone = Tombstone.model_construct(
        id="x", kind="story", address="/stories/x/", aliases=("/blog/x",), file="stories/y/index.md"
    )
    lapsed = told_story(consent=_CONSENT | {"expires": "2026-11-20"}, aliases=["/old"])
    over = article("over", expires="2026-11-20")
    found = removed_targets(
        Library((lapsed, over, article("here")), Registers(withdrawn={"x": stone}), TODAY), release=release
    )
    assert {"stories/y/index.md", "/stories/x/", "/blog/x", "/blog/x/"} <= found.keys()
    assert ({"stories/told/index.md", "/stories/told/", "/old", "/articles/over/"} <= found.keys()) == release
    assert "/articles/here/" not in found
    assert found["/blog/x/"].is_named_in("About X!")
