"""A removed entry keeps its id in all its feeds, without its words."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from lxml import etree

from plugins.content_model.page import Person
from plugins.content_model.tombstone import Tombstone
from plugins.feeds.items import instant
from tests.feeds.planning import URL, build, files
from tests.feeds.published import Published, is_gone
from tests.feeds.sites import AUTHORITY, WITHDRAWN_ON
from tests.sites.writing import TODAY, article, entry

_ATOM = "{http://www.w3.org/2005/Atom}"
_AT = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def _stone(**changes: Any) -> Tombstone:
    given = {
        "id": "gone1234",
        "kind": "article",
        "address": "/articles/a-telling-slug/",
        "published": "2026-02-02",
        "withdrawn_on": "2026-11-01",
        "topics": ["work"],
        "author": "editor",
        **changes,
    }
    return Tombstone.model_validate(given)


def _items(made: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(made[f"feeds/{name}.json"])["items"]
    return found


def _made(*stones: Tombstone, as_of: dt.date = TODAY) -> dict[str, bytes]:
    return files(build(entry(Person, "editor"), article("one"), topics=["work"], withdrawn=stones, as_of=as_of))


def test_withdrawal_keeps_the_id_of_an_earlier_site() -> None:
    """The item of a withdrawn or expired entry keeps its ``feed_id``, so that readers replace its text."""
    feed_ids = ["http://old.example.org/?p=12", "http://old.example.org/?p=13"]
    over = article("over", feed_id=feed_ids[1], published="2026-02-03", expires="2026-11-02")
    made = files(build(entry(Person, "editor"), over, topics=["work"], withdrawn=[_stone(feed_id=feed_ids[0])]))
    assert [(item["id"], item["title"]) for item in _items(made, "all")] == [
        (feed_ids[1], "No longer available"), (feed_ids[0], "No longer available"),
    ]  # fmt: skip
    assert f'<at:deleted-entry ref="{feed_ids[0]}"'.encode() in made["feeds/all.atom.xml"]


@pytest.mark.parametrize("name", ["all", "articles", "without-stories", "topics/work", "people/editor"])
def test_feeds_of_a_withdrawn_entry_report_it(name: str) -> None:
    """A withdrawn entry stays in each feed that contained it, with its id and day, without its words."""
    item = next(item for item in _items(_made(_stone()), name) if item["id"] == f"tag:{AUTHORITY}:gone1234")
    assert item == {
        "id": f"tag:{AUTHORITY}:gone1234",
        "url": f"{URL}/articles/",
        "title": "No longer available",
        "content_html": "<p>This article was withdrawn and is no longer on our site.</p>",
        "summary": "This article was withdrawn and is no longer on our site.",
        "date_published": instant(dt.date(2026, 2, 2), dt.UTC, "gone1234").isoformat(),
        "date_modified": instant(dt.date(2026, 11, 1), dt.UTC, "gone1234").isoformat(),
        "language": "en-GB",
    }


@pytest.mark.parametrize("name", ["stories", "commitments"])
def test_other_feeds_do_not_report_a_withdrawn_entry(name: str) -> None:
    """A feed that never contained an entry does not report that it was withdrawn."""
    assert not _items(_made(_stone()), name)


def test_feeds_omit_the_address_of_a_withdrawn_entry() -> None:
    """No feed contains the address of a withdrawn entry, because it has words of its title."""
    assert not [path for path, data in _made(_stone()).items() if b"telling" in data]


def test_atom_has_a_tombstone() -> None:
    """An Atom feed has a tombstone (RFC 6721) before its entries, with the instant of the withdrawal."""
    feed = etree.fromstring(_made(_stone())["feeds/all.atom.xml"])
    stones = feed.findall(_AT)
    assert [dict(stone.attrib) for stone in stones] == [
        {"ref": f"tag:{AUTHORITY}:gone1234", "when": instant(dt.date(2026, 11, 1), dt.UTC, "gone1234").isoformat()}
    ]
    tags = [child.tag for child in feed]
    assert tags.index(_AT) < tags.index("{http://www.w3.org/2005/Atom}entry")


@pytest.mark.parametrize(("days", "expected"), [(0, True), (89, True), (90, False)])
def test_feeds_report_a_withdrawal_for_90_days(days: int, expected: bool) -> None:
    """After 90 days only the archives contain a withdrawn entry."""
    made = _made(_stone(), as_of=dt.date(2026, 11, 1) + dt.timedelta(days=days))
    key = f"tag:{AUTHORITY}:gone1234"
    assert (key in {item["id"] for item in _items(made, "all")}) == expected
    path, ids = "feeds/all.atom.xml", set[str]()
    while path:
        document = etree.fromstring(made[path])
        ids |= {entry.findtext(f"{_ATOM}id", "") for entry in document.findall(f"{_ATOM}entry")}
        link = document.find(f"{_ATOM}link[@rel='prev-archive']")
        path = "" if link is None else str(link.get("href")).removeprefix(f"{URL}/")
    assert key in ids


def test_withdrawn_commitment_withdraws_its_log() -> None:
    """Each log entry of a withdrawn commitment is withdrawn under its id."""
    stone = _stone(
        id="we-promise", kind="commitment", address="/commitments/we-promise/", log=["2026-02-02", "2026-03-03"]
    )
    found = _items(_made(stone), "commitments")
    assert [item["id"] for item in found] == [f"tag:{AUTHORITY}:we-promise/log/{n}" for n in (2, 1)]
    assert {item["title"] for item in found} == {"No longer available"}


def test_withdrawn_story_without_consent_for_feeds() -> None:
    """Feeds do not report a withdrawn story whose narrator never agreed to feeds."""
    stone = _stone(kind="story", address="/stories/a-story/", in_feeds="false")
    assert not _items(_made(stone), "stories")


def test_expired_entry_is_reported(whole: Published) -> None:
    """An expired entry keeps its position and its id, without its words."""
    feed = next(feed for feed in whole.feeds if feed.path == "feeds/all.atom.xml")
    gone = {item.id: item.updated for item in feed.items if is_gone(item)}
    expired = gone[f"tag:{AUTHORITY}:entry-id-over"]
    assert expired is not None
    assert expired.date() == dt.date(2026, 10, 30)
    withdrawn = gone[f"tag:{AUTHORITY}:entry-id-gone-of-late"]
    assert withdrawn is not None
    assert withdrawn.date() == WITHDRAWN_ON
