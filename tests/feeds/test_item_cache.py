"""Pieces: what stands in many feeds is made once, and each feed is what feedgen makes of it whole."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from plugins.base.fingerprint import Lazy
from plugins.engine.settings import SiteSettings
from plugins.feeds import atom, json_feed, rss
from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.feed_html import storable
from plugins.feeds.item_cache import Pieces
from plugins.feeds.items import Author, Category, Enclosure, FeedItem, instant
from plugins.feeds.metadata import Masthead
from plugins.feeds.settings import FeedSettings
from plugins.feeds.syndication import Feed, document_bytes
from tests.feeds.planning import settings
from tests.sites.writing import TODAY

_SITE = SiteSettings.from_pelican(settings(AS_OF=TODAY.isoformat()))
_MASTHEAD = Masthead(_SITE, FeedSettings.from_pelican(settings()), "/subscribe/")
_CHANNEL = Channel("all", "T & <T>", "L", "D", "/", "", "G", ())
_DAYS = st.dates(dt.date(2000, 1, 1), TODAY)
_TEXTS = st.text(st.sampled_from("a é<>&\"'\n{}[]\\,:;🎉") | st.characters(codec="utf-8"), max_size=20).map(storable)
_MARKS = st.sampled_from(["<title>&amp;</title>", "<item>", "</item>", "]]>", "</entry></feed>", '"}],"items":['])
_WORDS = (st.lists(_TEXTS | _MARKS, max_size=3).map("".join)).map(lambda text: f"a{text}")
_ITEMS = st.builds(
    FeedItem,
    id=_WORDS,
    kind=st.just("article"),
    title=_WORDS,
    url=_WORDS,
    published=_DAYS.map(instant),
    updated=_DAYS.map(instant),
    summary=_WORDS,
    text=_WORDS.map(Lazy.of),
    author=st.none() | st.builds(Author, _WORDS, st.just("") | _WORDS),
    categories=st.lists(st.builds(Category, _WORDS, _WORDS, _WORDS), max_size=2).map(tuple),
    image=st.none() | st.builds(Enclosure, _WORDS, st.integers(1), _WORDS, st.integers(1), st.integers(1)),
    withdrawn_on=st.none() | _DAYS,
)
_DOCUMENTS = st.builds(
    FeedDocument, st.sampled_from(["", "archive-2"]), st.lists(_ITEMS, max_size=3).map(tuple), st.just("archive-1")
)


@given(st.lists(_DOCUMENTS, min_size=1, max_size=2))
def test_a_feed_of_pieces_is_the_one_that_feedgen_makes_whole(documents: list[FeedDocument]) -> None:
    """Whatever its items say, a document is byte for byte what feedgen makes of it, also of pieces made before."""
    pieces = Pieces()
    for document in (*documents, *documents):
        whole = Feed(_CHANNEL, document, _MASTHEAD, "atom")
        for item in document.items:
            whole.add_entry(atom.AtomEntry(item), order="append")
        expected = document_bytes(whole._create_atom()[0], _MASTHEAD)
        assert atom.render(_CHANNEL, document, _MASTHEAD, pieces) == expected

        whole = Feed(_CHANNEL, document, _MASTHEAD, "rss")
        whole.ttl(_MASTHEAD.settings.ttl)
        whole.image(_MASTHEAD.address("/feeds/image.png"), _CHANNEL.title, whole.addresses.page, "144", "144")
        for item in document.items:
            whole.add_entry(rss.RssEntry(item), order="append")
        expected = rss._titled(document_bytes(whole._create_rss()[0], _MASTHEAD))
        assert rss.render(_CHANNEL, document, _MASTHEAD, pieces) == expected


@given(st.lists(_DOCUMENTS, min_size=1, max_size=2))
def test_a_json_feed_of_pieces_is_plain_json(documents: list[FeedDocument]) -> None:
    """Whatever its items say, a JSON Feed is written as one value, and its items are those of the document in order."""
    pieces = Pieces()
    for document in (*documents, *documents):
        data = json_feed.render(_CHANNEL, document, _MASTHEAD, pieces)
        told = json.loads(data)
        assert data == (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        assert list(told)[-1] == "items"
        assert [(item["id"], item["content_html"]) for item in told["items"]] == [
            (item.id, item.html) for item in document.items
        ]


@given(st.lists(_ITEMS, max_size=5), st.integers(0, 200))
def test_a_piece_is_made_once_while_there_is_room(items: list[FeedItem], room: int) -> None:
    """What was made is remembered up to the room there is; what there is no room for is made anew, and is the same."""
    asked: list[bytes] = []

    def make(item: FeedItem, language: str) -> bytes:
        asked.append(f"{item.title} {language}".encode())
        return asked[-1]

    pieces = Pieces(room)
    first = list(pieces.of(items, "en", make))
    assert first == asked == [f"{item.title} en".encode() for item in items]
    kept = sum(map(len, first))
    assert list(pieces.of(items, "en", make)) == first
    again = asked[len(first) :]
    assert kept - sum(map(len, again)) <= room
    assert not again or kept > room
    assert list(pieces.of(items, "de", make)) == [f"{item.title} de".encode() for item in items]
