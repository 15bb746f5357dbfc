"""Test that the site's own content is complete."""

from __future__ import annotations

import datetime as dt

import pytest

from plugins.content_model.library import Library
from plugins.content_model.loader import load
from tests.sites.building import AS_OF, CONTENT, Built

#: Slugs that must not change, because other texts and published addresses use them.
STANDING = ["/", "/help/", "/subscribe/", "/charter/", "/about/", "/privacy/", "/accessibility/", "/404.html"]
LISTS = ["/articles/", "/stories/", "/commitments/", "/topics/", "/people/"]


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the library of the site's content."""
    made, problems = load(CONTENT, as_of=dt.date.fromisoformat(AS_OF))
    assert problems == []
    return made


def test_the_site_has_the_required_entries(library: Library) -> None:
    """The site has at least twelve articles, four stories, four commitments, and people and topics."""
    assert len(library.articles) >= 12
    assert len(library.stories) >= 4
    assert len(library.commitments) >= 4
    assert library.people
    assert library.topics
    assert "help-me-stop" in library.contacts


def test_every_entry_and_list_has_a_page(library: Library, real: Built) -> None:
    """Every live entry, list, topic with entries, and standing page has a page in the built site."""
    carried = [topic.permalink for topic in library.topics.values() if library.by_topic[topic.key]]
    for permalink in (*STANDING, *LISTS, *carried, *(entry.permalink for entry in library.live)):
        assert real.has(permalink), permalink


def test_articles_have_500_words(library: Library) -> None:
    """Every article has at least 500 words."""
    short = {article.slug: count for article in library.articles if (count := len(article.source.body.split())) < 500}
    assert short == {}


def test_every_text_has_a_picture_with_alt_text(library: Library) -> None:
    """Every article and story has a picture with an alt text."""
    for entry in library.readings:
        assert entry.image is not None, entry.slug
        assert len((entry.image.alt or "").split()) >= 5, entry.slug


def test_sample_stories_are_labelled(library: Library, real: Built) -> None:
    """Every story is a sample until a person tells one. Its page and its cards say so."""
    assert all(story.illustrative for story in library.stories)
    for story in library.stories:
        assert "made up" in real.page(story.permalink).select("main article")[0].get_text(" ").lower()
    for permalink in ("/stories/", "/"):
        cards = real.page(permalink).select('.article-card:has(a[href^="/stories/"])')
        assert cards
        assert all("made up" in card.get_text(" ").lower() for card in cards)


def test_medical_articles_have_sources(library: Library) -> None:
    """Every article marked as medical lists a source with an address."""
    for article in library.articles:
        assert not article.medical or article.sources, article.slug


def test_each_story_names_999_and_111(real: Built) -> None:
    """Every story of this site has a link to both numbers."""
    stories = [path for path in real.html_files() if path.startswith("stories/") and path.count("/") == 2]
    assert stories
    for path in stories:
        assert len(real.page(f"/{path}").select('.crisis-line a[href="tel:999"], .crisis-line a[href="tel:111"]')) == 2
