"""Every item is reachable from its feed, and closed archives do not change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.fingerprint import Lazy
from plugins.feeds.archives import DocumentSplitter, FeedDocument
from plugins.feeds.items import FeedItem, instant
from tests.feeds.published import Published
from tests.feeds.reading import SeenFeed
from tests.feeds.site_rules import walk
from tests.feeds.sites import AUTHORITY, plain, small_site
from tests.sites.building import build_here, snapshot
from tests.sites.writing import TODAY, write

_DAY = dt.date(2026, 1, 1)
_SIZE = 4
_SPLITTER = DocumentSplitter(_SIZE, 90, TODAY)
#: Of each item: its day, the length of its text, and how many days ago it was withdrawn, or None.
_SHAPES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 5), st.none() | st.integers(1, 200)), max_size=40,
)  # fmt: skip


def _item(name: str, day: int, length: int = 1, withdrawn: int | None = None) -> FeedItem:
    withdrawn_on = None if withdrawn is None else TODAY - dt.timedelta(days=withdrawn)
    return FeedItem(
        id=name,
        kind="article",
        title="x" * (0 if withdrawn else length),
        url="",
        published=instant(_DAY + dt.timedelta(days=day), dt.UTC, name),
        updated=instant(_DAY + dt.timedelta(days=day), dt.UTC, name),
        summary="",
        text=Lazy.of(""),
        tie_breaker=(0, name, 0),
        withdrawn_on=withdrawn_on,
    )


def _sorted(items: Sequence[FeedItem]) -> list[FeedItem]:
    return sorted(items, key=lambda item: item.order)


def _no_limit(_: Sequence[FeedItem]) -> bool:
    return True


def _small_limit(items: Sequence[FeedItem]) -> bool:
    return sum(len(item.title) for item in items) <= _SIZE


def _reached(documents: Sequence[FeedDocument]) -> set[str]:
    """Return the ids in all documents that the links from the first document lead to."""
    by_name = {document.name: document for document in documents}
    assert len(by_name) == len(documents)
    found: set[str] = set()
    document: FeedDocument | None = documents[0]
    while document is not None:
        found |= {item.id for item in document.items}
        document = by_name[document.previous] if document.previous else None
    return found


def _closed(documents: Sequence[FeedDocument]) -> dict[str, FeedDocument]:
    return {document.name: document for document in documents if document.name and "-open-" not in document.name}


@given(_SHAPES, st.booleans())
def test_every_item_is_reachable(shapes: list[tuple[int, int, int | None]], limited: bool) -> None:
    """Every item is reachable from the feed, whatever its length, its day and its withdrawal."""
    items = _sorted([_item(f"i{n}", *shape) for n, shape in enumerate(shapes)])
    documents = _SPLITTER.split(items, _small_limit if limited else _no_limit)
    assert _reached(documents) == {item.id for item in items}
    assert all(list(document.items) == _sorted(document.items) for document in documents)


@given(_SHAPES, st.integers(0, 3), st.text("abyz", min_size=1, max_size=3), st.booleans())
def test_new_item_changes_no_closed_archive(
    shapes: list[tuple[int, int, int | None]], later: int, name: str, limited: bool
) -> None:
    """An item of the newest day or a later one changes no closed archive."""
    items = [_item(f"i{n}", *shape) for n, shape in enumerate(shapes)]
    newest = max((shape[0] for shape in shapes), default=0)
    fits = _small_limit if limited else _no_limit
    before = _closed(_SPLITTER.split(_sorted(items), fits))
    after = _closed(_SPLITTER.split(_sorted([*items, _item(name, newest + later)]), fits))
    assert {key: after.get(key) for key in before} == before


@given(_SHAPES)
def test_feed_is_within_the_size_limit(shapes: list[tuple[int, int, int | None]]) -> None:
    """A feed contains as many of the newest items as the size limit allows, without items that exceed it alone."""
    items = _sorted([_item(f"i{n}", *shape) for n, shape in enumerate(shapes)])
    feed = _SPLITTER.split(items, _small_limit)[0]
    assert _small_limit(feed.items)
    assert not [item for item in feed.left_out if _small_limit([item])]
    possible = [item for item in items[:_SIZE] if not item.withdrawn_on and item not in feed.left_out]
    kept = [item for item in feed.items if not item.withdrawn_on]
    assert kept == possible[: len(kept)]
    assert len(kept) == len(possible) or not _small_limit([*feed.items, possible[len(kept)]])


@pytest.mark.parametrize(("days", "expected"), [(1, True), (89, True), (90, False), (200, False)])
def test_feed_contains_a_withdrawal_for_90_days(days: int, expected: bool) -> None:
    """A feed contains a withdrawn item for 90 days; an archive contains it permanently."""
    items = _sorted([_item("gone", 0, withdrawn=days), *(_item(f"i{n}", n) for n in range(1, 12))])
    first, *archives = _SPLITTER.split(items, _no_limit)
    assert ("gone" in {item.id for item in first.items}) == expected
    assert "gone" in {item.id for document in archives for item in document.items}


def test_archives_are_counted_from_the_oldest() -> None:
    """The first archive contains the oldest items, and no archive contains items of the newest day."""
    items = _sorted([_item(f"i{n:02}", n) for n in range(11)])
    documents = _SPLITTER.split(items, _no_limit)
    names = ["archive-5", "archive-4", "archive-3", "archive-2", "archive-1"]
    assert [document.name for document in documents] == ["", *names]
    assert [item.id for item in documents[-1].items] == ["i01", "i00"]
    assert [document.previous for document in documents] == [*names, ""]


@given(_SHAPES, st.booleans())
def test_every_archive_links_to_another(shapes: list[tuple[int, int, int | None]], limited: bool) -> None:
    """An archive links to an older one, or else to a newer one; the validator warns of one without links."""
    items = _sorted([_item(f"i{n}", *shape) for n, shape in enumerate(shapes)])
    documents = _SPLITTER.split(items, _small_limit if limited else _no_limit)
    names = {document.name for document in documents}
    for document in documents[1:] if len(items) > 1 else ():
        assert {document.previous or document.following} <= names - {"", document.name}


def test_archives_are_open_only_for_crowded_days() -> None:
    """The subscription document contains all that no closed archive does, while at most half of it is of one day."""
    for count in range(60):
        items = _sorted([_item(f"i{n:02}", n // 2) for n in range(count)])
        assert all("-open-" not in document.name for document in _SPLITTER.split(items, _no_limit))


def test_all_250_articles_are_reachable(folder: Path) -> None:
    """All of 250 articles are reachable from the feed of the whole site; article 251 changes no archive."""
    content, output = small_site(folder / "content", 250), folder / "output"
    site = Published(build_here(content, output, url="https://example.org").output, "https://example.org", AUTHORITY)
    every = {f"tag:{AUTHORITY}:entry-id-text-{n}" for n in range(1, 251)}
    for form in ("rss", "atom"):
        assert _ids(site, "feeds/all", form) == every
    for name, form in (("all", "json"), ("articles", "rss"), ("people/editor", "atom")):
        assert len(_ids(site, f"feeds/{name}", form)) == 20
    before = {path: data for path, data in snapshot(output).items() if "/archive-" in path}
    assert len(before) == 24 * 2
    write(content, plain(251))
    build_here(content, output, url="https://example.org")
    after = snapshot(output)
    assert {path: after.get(path) for path in before} == before


def _ids(site: Published, name: str, form: str) -> set[str]:
    by_address: dict[str, SeenFeed] = {f"{site.url}/{feed.path}": feed for feed in site.feeds}
    start = next(feed for feed in site.feeds if feed.name == name and feed.form == form)
    return {item.id for feed in walk(by_address, start) for item in feed.items}
