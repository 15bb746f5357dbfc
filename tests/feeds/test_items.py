"""A feed item has the content of its entry and a permanent id."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.article import Article
from plugins.content_model.commitment import Commitment
from plugins.content_model.page import Person
from plugins.content_model.story import Story
from plugins.content_model.tombstone import Tombstone
from plugins.feeds.items import instant
from tests.feeds.planning import URL, build, files
from tests.feeds.published import Published
from tests.feeds.sites import AUTHORITY
from tests.sites.writing import TODAY, article, entry

_LOG = [
    {"on": "2026-02-01", "said": "Said one.", "did": "Did one.", "by_role": "Editor"},
    {"on": "2026-03-01", "said": "Said two.", "did": "Did two.", "evidence": "A page.", "by_role": "Editor"},
]


def _items(feed: str, *entries: Any, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        files(build(entry(Person, "editor"), *entries, **more))[f"feeds/{feed}.json"]
    )["items"]
    return found


def test_id_depends_only_on_the_front_matter_id() -> None:
    """A changed title, slug, date, author or text does not change the id of an item."""
    first = article("one", id="abcd1234efgh")
    second = article(
        "another", id="abcd1234efgh", title="Else", published="2026-07-07", summary="Else.", topics=["work"]
    )
    ids = {_items("all", made, topics=["work"], bodies={made.slug: made.title})[0]["id"] for made in (first, second)}
    assert ids == {f"tag:{AUTHORITY}:abcd1234efgh"}


def test_id_of_an_earlier_site_stays() -> None:
    """An entry with ``feed_id`` has that id in each format, and none of it is taken for an address to open."""
    feed_id = "http://old.example.org/?p=12"
    made = files(build(entry(Person, "editor"), article("one", feed_id=feed_id)))
    assert [item["id"] for item in json.loads(made["feeds/all.json"])["items"]] == [feed_id]
    assert f"<id>{feed_id}</id>".encode() in made["feeds/all.atom.xml"]
    assert f'<guid isPermaLink="false">{feed_id}</guid>'.encode() in made["feeds/all.rss.xml"]


def test_published_and_updated() -> None:
    """An item has the days of its publication and its last change, each as midnight in UTC."""
    made = article("one", published="2026-03-29", updated=[{"on": "2026-05-01", "what": "Added."}])
    item = _items("articles", made)[0]
    assert item["date_published"].startswith("2026-03-29T0")
    assert item["date_modified"].startswith("2026-05-01T0")
    assert "<small>Updated 1 May 2026: Added.</small>" in item["content_html"]


def test_each_log_entry_is_an_item() -> None:
    """Each log entry of a commitment is an item, and a new one does not change the others."""
    one, two = (entry(Commitment, "we-listen", log=_LOG[:count]) for count in (1, 2))
    before, after = _items("commitments", one), _items("commitments", two)
    assert [item["id"] for item in after] == [f"tag:{AUTHORITY}:entry-id-we-listen/log/{n}" for n in (2, 1)]
    assert after[1:] == before
    assert after[0]["url"] == f"{URL}/commitments/we-listen/#log-2"
    assert "What shows it:</strong> A page." in after[0]["content_html"]


@pytest.mark.parametrize(("scope", "expected"), [(["web", "feed"], True), (["web"], False)])
def test_story_needs_consent_for_feeds(scope: list[str], expected: bool) -> None:
    """A story is in feeds only when its narrator agreed to feeds."""
    made = entry(Story, "told")
    consent = {"ref": "C-1", "given_on": dt.date(2026, 1, 1), "form_version": "1", "scope": scope, "expires": None}
    story = made.model_copy(
        update={"illustrative": False, "consent": type("C", (), {**consent, "ends": dt.date.max})()}
    )
    assert bool(_items("stories", story)) == expected
    assert bool(_items("all", story)) == expected
    assert not _items("without-stories", story)


def test_feeds_contain_nothing_private(whole: Published) -> None:
    """No feed contains consent records, or a story with consent for the web alone."""
    for feed in whole.feeds:
        for secret in (b"C-1", b"form_version", b"safeguarding", b"web alone", b"web-only"):
            assert secret not in feed.data, feed.path


def test_content_note_is_first_and_help_line_is_last() -> None:
    """The content note is first in summary and text, and the help line is last in the text."""
    made = entry(Story, "told", content_notes=["loss", "alcohol"])
    item = _items("stories", made, bodies={"told": "<p>Text.</p>"})[0]
    assert item["summary"] == "Content note: loss, alcohol. This story was made up as a sample. A summary."
    text = item["content_html"].splitlines()
    assert text[0] == "<p><strong>Content note:</strong> loss, alcohol</p>"
    assert text[1].startswith("<p><strong>This story was made up as a sample.</strong>")
    assert text[-2] == "<p>Text.</p>"
    assert text[-1].startswith("<p><small>Help: ")


def test_unclosed_markup_does_not_contain_the_help_line() -> None:
    """Elements that a body leaves open are closed before the help line."""
    text = _items("articles", article("one"), bodies={"one": "<ul><li>open"})[0]["content_html"].splitlines()
    assert text[0] == "<ul><li>open</li></ul>"
    assert text[1].startswith("<p><small>Help: ")


def test_help_line_links_to_contacts(whole: Published) -> None:
    """The help line has links to the contacts of the settings and to the help page."""
    item = next(feed for feed in whole.feeds if feed.path == "feeds/all.json").items[0]
    last = item.html.splitlines()[-1]
    for part in ('<a href="tel:999">999</a>', '<a href="tel:116123">116 123</a>', f'<a href="{whole.url}/help/">'):
        assert part in last


@given(st.dates(dt.date(2000, 1, 1), TODAY), st.sampled_from(["Europe/London", "Asia/Tokyo", "America/New_York"]))
def test_time_follows_from_the_id(day: dt.date, name: str) -> None:
    """Without a time the instant is early on its day, and that of another id differs; the day does not matter."""
    zone = ZoneInfo(name)
    one, other = instant(day, zone, "entry-one"), instant(day, zone, "entry-two")
    assert one != other
    assert {one.date(), other.date()} == {day}
    assert one == instant(day, zone, "entry-one")
    assert one < instant(day, zone, "entry-one", 2)


def test_time_that_the_author_gave() -> None:
    """A time in the front matter is that of the site's time zone, and stands in every format."""
    item = _items("articles", article("one", published="2026-06-22 09:30"))[0]
    assert item["date_published"] == item["date_modified"] == "2026-06-22T09:30:00+01:00"
    assert _items("articles", article("one", published="2026-11-22 09:30"))[0]["date_published"].endswith(
        "09:30:00+00:00"
    )


def test_withdrawal_keeps_the_time() -> None:
    """A withdrawn entry keeps the time of its item."""
    stone = Tombstone.model_validate({
        "id": "gone1234", "kind": "article", "address": "/articles/a/", "published": "2026-06-22 09:30",
        "withdrawn_on": "2026-06-22",
    })  # fmt: skip
    (item,) = json.loads(files(build(withdrawn=[stone], as_of=dt.date(2026, 6, 23)))["feeds/all.json"])["items"]
    assert item["date_published"] == item["date_modified"] == "2026-06-22T09:30:00+01:00"


def test_later_times_come_first() -> None:
    """On one day, an item with a later time comes before one with an earlier time, and both before one without."""
    given = {"a": "2026-06-22", "b": "2026-06-22 09:30", "c": "2026-06-22 17:05"}
    made = [article(slug, published=published) for slug, published in given.items()]
    assert [item["url"] for item in _items("articles", *made)] == [f"{URL}/articles/{slug}/" for slug in "cba"]


def test_items_of_one_day_have_the_order_of_the_site() -> None:
    """Items of the same day have the order of the site's lists."""
    made = [article(slug) for slug in ("b", "c", "a")]
    assert [item["url"] for item in _items("articles", *made)] == [f"{URL}/articles/{slug}/" for slug in "abc"]


def test_article_has_author_and_topics() -> None:
    """An item has its author's name and page, and the names of its topics."""
    made: Article = article("one", topics=["work"])
    item = _items("articles", made, topics=["work"])[0]
    assert item["authors"] == [{"name": "A title", "url": f"{URL}/people/editor/"}]
    assert item["tags"] == ["Work"]
