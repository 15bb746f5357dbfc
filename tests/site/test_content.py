"""The site's own content is all there."""

from __future__ import annotations

import datetime as dt

import pytest

from plugins.content_model.library import Library
from plugins.content_model.loader import load
from tests.sites.building import AS_OF, CONTENT, Built

#: Every slug that other texts, addresses and people may count on.
STANDING = ["/", "/help/", "/subscribe/", "/charter/", "/about/", "/privacy/", "/accessibility/", "/404.html"]
LISTS = ["/articles/", "/stories/", "/commitments/", "/topics/", "/people/"]


@pytest.fixture(scope="module")
def library() -> Library:
    """The content of the site."""
    made, problems = load(CONTENT, as_of=dt.date.fromisoformat(AS_OF))
    assert problems == []
    return made


def test_there_is_enough_to_read(library: Library) -> None:
    """The site has twelve articles or more, four stories, four commitments, people and topics."""
    assert len(library.articles) >= 12
    assert len(library.stories) >= 4
    assert len(library.commitments) >= 4
    assert library.people
    assert library.topics
    assert "help-me-stop" in library.contacts


def test_everything_has_its_page(library: Library, real: Built) -> None:
    """Each live entry, each list, each topic that is carried and each standing page is in the built site."""
    carried = [topic.permalink for topic in library.topics.values() if library.by_topic[topic.key]]
    for permalink in (*STANDING, *LISTS, *carried, *(entry.permalink for entry in library.live)):
        assert real.has(permalink), permalink


def test_articles_are_long_enough_to_help(library: Library) -> None:
    """Each article has 500 words or more of its own."""
    short = {article.slug: count for article in library.articles if (count := len(article.source.body.split())) < 500}
    assert short == {}


def test_every_text_has_a_picture_and_its_words(library: Library) -> None:
    """Each article and story has a picture with a text that says what it shows."""
    for entry in library.readings:
        assert entry.image is not None, entry.slug
        assert len((entry.image.alt or "").split()) >= 5, entry.slug


def test_samples_say_that_they_are_made_up(library: Library, real: Built) -> None:
    """Until a person tells one, every story is a sample, and says so on its page and on its cards."""
    assert all(story.illustrative for story in library.stories)
    for story in library.stories:
        assert "made up" in real.page(story.permalink).select("main article")[0].get_text(" ").lower()
    for permalink in ("/stories/", "/"):
        cards = real.page(permalink).select('.article-card:has(a[href^="/stories/"])')
        assert cards
        assert all("made up" in card.get_text(" ").lower() for card in cards)


def test_every_claim_of_health_has_a_source(library: Library) -> None:
    """Each article marked as medical names a source with its address."""
    for article in library.articles:
        assert not article.medical or article.sources, article.slug
