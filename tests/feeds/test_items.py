"""An item says what its entry says, and keeps its id whatever is corrected."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.page import Person
from plugins.content_model.story import Story
from plugins.feeds.items import instant
from tests.feeds.planning import URL, build, files
from tests.feeds.published import Published
from tests.feeds.sites import AUTHORITY
from tests.sites.writing import article, entry

_LOG = [
    {"on": "2026-02-01", "said": "Said one.", "did": "Did one.", "by_role": "Editor"},
    {"on": "2026-03-01", "said": "Said two.", "did": "Did two.", "evidence": "A page.", "by_role": "Editor"},
]


def _items(feed: str, *entries: Any, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        files(build(entry(Person, "editor"), *entries, **more))[f"feeds/{feed}.json"]
    )["items"]
    return found


def test_an_id_is_made_of_the_front_matters_id_alone() -> None:
    """A new title, slug, date, author or text leaves the id of an item as it was."""
    first = article("one", id="abcd1234efgh")
    second = article(
        "another", id="abcd1234efgh", title="Else", published="2026-07-07", summary="Else.", topics=["work"]
    )
    ids = {_items("all", made, topics=["work"], bodies={made.slug: made.title})[0]["id"] for made in (first, second)}
    assert ids == {f"tag:{AUTHORITY}:abcd1234efgh"}


def test_published_and_updated_are_different_things() -> None:
    """An item carries the day of its publication and that of its last change, each as the midnight that begins it."""
    made = article("one", published="2026-03-29", updated=[{"on": "2026-05-01", "what": "Added."}])
    item = _items("articles", made)[0]
    assert item["date_published"] == "2026-03-29T00:00:00+00:00"
    assert item["date_modified"] == "2026-05-01T00:00:00+00:00"
    assert "<small>Updated 1 May 2026: Added.</small>" in item["content_html"]


def test_an_entry_of_a_record_is_an_item_of_its_own() -> None:
    """Each entry of a commitment's record is an item; one more changes none before it."""
    one, two = (entry(Commitment, "we-listen", log=_LOG[:count]) for count in (1, 2))
    before, after = _items("commitments", one), _items("commitments", two)
    assert [item["id"] for item in after] == [f"tag:{AUTHORITY}:entry-id-we-listen/log/{n}" for n in (2, 1)]
    assert after[1:] == before
    assert after[0]["url"] == f"{URL}/commitments/we-listen/#log-2"
    assert "What shows it:</strong> A page." in after[0]["content_html"]


@pytest.mark.parametrize(("scope", "there"), [(["web", "feed"], True), (["web"], False)])
def test_a_story_needs_consent_for_feeds(scope: list[str], there: bool) -> None:
    """A story is in feeds only when its narrator agreed to feeds."""
    made = entry(Story, "told")
    consent = {"ref": "C-1", "given_on": dt.date(2026, 1, 1), "form_version": "1", "scope": scope, "expires": None}
    told = made.model_copy(update={"illustrative": False, "consent": type("C", (), {**consent, "ends": dt.date.max})()})
    assert bool(_items("stories", told)) == there
    assert bool(_items("all", told)) == there
    assert not _items("without-stories", told)


def test_what_is_private_stays_at_home(whole: Published) -> None:
    """No feed holds anything of the record of a consent, or a story that was agreed to for the web alone."""
    for feed in whole.feeds:
        for secret in (b"C-1", b"form_version", b"safeguarding", b"web alone", b"web-only"):
            assert secret not in feed.data, feed.path


def test_what_must_be_known_first_comes_first() -> None:
    """The content note stands before everything in summary and text, and the help line after everything in the text."""
    made = entry(Story, "told", content_notes=["loss", "alcohol"])
    item = _items("stories", made, bodies={"told": "<p>Text.</p>"})[0]
    assert item["summary"] == "Content note: loss, alcohol. This story was made up as a sample. A summary."
    text = item["content_html"].splitlines()
    assert text[0] == "<p><strong>Content note:</strong> loss, alcohol</p>"
    assert text[1].startswith("<p><strong>This story was made up as a sample.</strong>")
    assert text[-2] == "<p>Text.</p>"
    assert text[-1].startswith("<p><small>Help: ")


def test_a_broken_body_does_not_swallow_the_help_line() -> None:
    """Markup that a body leaves open ends with the body."""
    text = _items("articles", article("one"), bodies={"one": "<ul><li>open"})[0]["content_html"].splitlines()
    assert text[0] == "<ul><li>open</li></ul>"
    assert text[1].startswith("<p><small>Help: ")


def test_the_help_line_says_whom_to_reach(whole: Published) -> None:
    """The last line names the contacts of the settings with links that dial, and leads to all of them."""
    item = next(feed for feed in whole.feeds if feed.path == "feeds/all.json").items[0]
    last = item.html.splitlines()[-1]
    for part in ('<a href="tel:999">999</a>', '<a href="tel:116123">116 123</a>', f'<a href="{whole.url}/help/">'):
        assert part in last


def test_an_instant_is_the_midnight_that_begins_the_day() -> None:
    """A day becomes its midnight in UTC, whatever the time zone of the site."""
    assert instant(dt.date(2026, 6, 1)).isoformat() == "2026-06-01T00:00:00+00:00"


def test_items_of_one_day_keep_the_order_of_the_site() -> None:
    """Items that share a day stand in the order of the site's lists."""
    made = [article(slug) for slug in ("b", "c", "a")]
    assert [item["url"] for item in _items("articles", *made)] == [f"{URL}/articles/{slug}/" for slug in "abc"]


def test_an_article_names_its_author_and_topics() -> None:
    """An item carries its author's name and page, and its topics by name."""
    made: Article = article("one", topics=["work"])
    item = _items("articles", made, topics=["work"])[0]
    assert item["authors"] == [{"name": "A title", "url": f"{URL}/people/editor/"}]
    assert item["tags"] == ["Work"]
