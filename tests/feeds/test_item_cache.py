"""Feeds of cached items have the same bytes as feeds that feedgen renders completely."""

from __future__ import annotations

import datetime as dt
import json
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.fingerprint import Lazy
from plugins.base.scratch_file import ScratchFile
from plugins.engine.settings import SiteSettings
from plugins.feeds import atom, json_feed, rss
from plugins.feeds.archives import FeedDocument
from plugins.feeds.channels import Channel
from plugins.feeds.feed_html import xml_safe
from plugins.feeds.feedgen_extension import Feed, document_bytes
from plugins.feeds.item_cache import ItemCache
from plugins.feeds.items import Author, Category, Enclosure, FeedItem, instant
from plugins.feeds.metadata import FeedMetadata
from plugins.feeds.settings import FeedSettings
from tests.feeds.planning import settings
from tests.processors import use_processors
from tests.sites.writing import TODAY

_SITE = SiteSettings.from_pelican(settings(AS_OF=TODAY.isoformat()))
_METADATA = FeedMetadata(_SITE, FeedSettings.from_pelican(settings()), "/subscribe/")
_CHANNEL = Channel("all", "T & <T>", "L", "D", "/", "", "G")
_DAYS = st.dates(dt.date(2000, 1, 1), TODAY)
_TEXTS = st.text(st.sampled_from("a é<>&\"'\n{}[]\\,:;🎉") | st.characters(codec="utf-8"), max_size=20).map(xml_safe)
_MARKUP = st.sampled_from(["<title>&amp;</title>", "<item>", "</item>", "]]>", "</entry></feed>", '"}],"items":['])
_NONEMPTY = (st.lists(_TEXTS | _MARKUP, max_size=3).map("".join)).map(lambda text: f"a{text}")
_ITEMS = st.builds(
    FeedItem,
    id=_NONEMPTY,
    kind=st.just("article"),
    title=_NONEMPTY,
    url=_NONEMPTY,
    published=_DAYS.map(lambda day: instant(day, dt.UTC, "")),
    updated=_DAYS.map(lambda day: instant(day, dt.UTC, "")),
    summary=_NONEMPTY,
    text=_NONEMPTY.map(Lazy.of),
    author=st.none() | st.builds(Author, _NONEMPTY, st.just("") | _NONEMPTY),
    categories=st.lists(st.builds(Category, _NONEMPTY, _NONEMPTY, _NONEMPTY), max_size=2).map(tuple),
    image=st.none() | st.builds(Enclosure, _NONEMPTY, st.integers(1), _NONEMPTY, st.integers(1), st.integers(1)),
    withdrawn_on=st.none() | _DAYS,
)
_DOCUMENTS = st.builds(
    FeedDocument,
    st.sampled_from(["", "archive-2"]),
    st.lists(_ITEMS, max_size=3).map(tuple),
    st.just("archive-1"),
    st.sampled_from(["", "archive-2"]),
)


@given(st.lists(_DOCUMENTS, min_size=1, max_size=2))
def test_xml_feeds_equal_those_of_feedgen(documents: list[FeedDocument]) -> None:
    """Atom and RSS documents equal those that feedgen renders with their entries, with cached items too."""
    item_cache = ItemCache()
    for document in (*documents, *documents):
        feed = Feed(_CHANNEL, document, _METADATA, "atom")
        for item in document.items:
            feed.add_entry(atom.AtomEntry(item), order="append")
        expected = document_bytes(feed._create_atom()[0], _METADATA)
        assert atom.render(_CHANNEL, document, _METADATA, item_cache) == expected

        feed = Feed(_CHANNEL, document, _METADATA, "rss")
        feed.ttl(_METADATA.settings.ttl)
        feed.image(_METADATA.address("/feeds/image.png"), _CHANNEL.title, feed.addresses.page, "144", "144")
        for item in document.items:
            feed.add_entry(rss.RssEntry(item), order="append")
        expected = rss._escape_titles(document_bytes(feed._create_rss()[0], _METADATA))
        assert rss.render(_CHANNEL, document, _METADATA, item_cache) == expected


@given(st.lists(_DOCUMENTS, min_size=1, max_size=2))
def test_json_feed_is_one_json_value(documents: list[FeedDocument]) -> None:
    """A JSON Feed is compact JSON and contains the items of the document in order."""
    item_cache = ItemCache()
    for document in (*documents, *documents):
        data = json_feed.render(_CHANNEL, document, _METADATA, item_cache)
        parsed = json.loads(data)
        assert data == (json.dumps(parsed, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        assert list(parsed)[-1] == "items"
        assert [(item["id"], item["content_html"]) for item in parsed["items"]] == [
            (item.id, item.html) for item in document.items
        ]


def test_items_are_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Items are rendered once for each language, and each time when the disk is full, with the same result."""
    rendered: list[bytes] = []

    def render_item(item: FeedItem, language: str) -> bytes:
        rendered.append(f"{item.title} {language}".encode())
        return rendered[-1]

    moment = instant(TODAY, dt.UTC, "")
    items = [FeedItem(title, "article", title, "/a/", moment, moment, "S", Lazy.of("")) for title in ("One", "", "Two")]
    cache = ItemCache()
    first = list(cache.render(items, "en", render_item))
    assert list(cache.render(items, "en", render_item)) == first == rendered == [b"One en", b" en", b"Two en"]
    assert list(cache.render(items, "de", render_item)) == [b"One de", b" de", b"Two de"]
    rendered.clear()
    monkeypatch.setattr(ScratchFile, "append", Mock(side_effect=OSError))
    full = ItemCache()
    full.fill(items, "en", [render_item])
    assert list(full.render(items, "en", render_item)) == first
    assert rendered == [*first, *first]


def test_items_rendered_beforehand_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An item that was rendered in all formats beforehand is rendered no more."""
    use_processors(monkeypatch)
    moment = instant(TODAY, dt.UTC, "")
    items = [
        FeedItem(f"tag:{number}", "article", "T", "/a/", moment, moment, "S", Lazy.of("<p>x</p>"))
        for number in range(60)
    ]
    renderers = (rss.render_item, atom.render_item, json_feed.render_item)
    cache = ItemCache()
    cache.fill([*items, *items], "en", renderers)
    expected = [[render_item(item, "en") for item in items] for render_item in renderers]
    monkeypatch.setattr(ItemCache, "_put", lambda *_: pytest.fail("rendered again"))
    assert [list(cache.render(items, "en", render_item)) for render_item in renderers] == expected
