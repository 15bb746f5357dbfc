"""Nothing that was ever published is out of reach, and what is closed stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.base.fingerprint import Lazy
from plugins.feeds.archives import Cut, FeedDocument
from plugins.feeds.items import FeedItem, instant
from tests.feeds.published import Published
from tests.feeds.reading import SeenFeed
from tests.feeds.site_rules import walk
from tests.feeds.sites import AUTHORITY, plain, small_site
from tests.sites.building import build_here, snapshot
from tests.sites.writing import TODAY, write

_DAY = dt.date(2026, 1, 1)
_SIZE = 4
_CUT = Cut(_SIZE, 90, TODAY)
#: Of each item: the day, how much room its text takes, and how many days ago it was withdrawn, if it was.
_SHAPES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(1, 5), st.none() | st.integers(1, 200)), max_size=40,
)  # fmt: skip


def _item(name: str, day: int, room: int = 1, withdrawn: int | None = None) -> FeedItem:
    gone = None if withdrawn is None else TODAY - dt.timedelta(days=withdrawn)
    return FeedItem(
        id=name,
        kind="article",
        title="x" * (0 if withdrawn else room),
        url="",
        published=instant(_DAY + dt.timedelta(days=day)),
        updated=instant(_DAY + dt.timedelta(days=day)),
        summary="",
        text=Lazy.of(""),
        place=(name, 0),
        withdrawn_on=gone,
    )


def _sorted(items: Sequence[FeedItem]) -> list[FeedItem]:
    return sorted(items, key=lambda item: item.order)


def _anything(_: Sequence[FeedItem]) -> bool:
    return True


def _little(items: Sequence[FeedItem]) -> bool:
    return sum(len(item.title) for item in items) <= _SIZE


def _reached(documents: Sequence[FeedDocument]) -> set[str]:
    """Walk back from the first document as a client does."""
    by_name = {document.name: document for document in documents}
    assert len(by_name) == len(documents)
    found: set[str] = set()
    document: FeedDocument | None = documents[0]
    while document is not None:
        found |= {item.id for item in document.items}
        document = by_name[document.previous] if document.previous else None
    return found


def _closed(documents: Sequence[FeedDocument]) -> dict[str, FeedDocument]:
    return {document.name: document for document in documents if document.name and "-of-" not in document.name}


@given(_SHAPES, st.booleans())
def test_everything_is_reached(shapes: list[tuple[int, int, int | None]], tight: bool) -> None:
    """Whoever walks back from a feed reaches every item, however long, of one day or withdrawn the items are."""
    items = _sorted([_item(f"i{n}", *shape) for n, shape in enumerate(shapes)])
    documents = _CUT.documents(items, _little if tight else _anything)
    assert _reached(documents) == {item.id for item in items}
    assert all(list(document.items) == _sorted(document.items) for document in documents)


@given(_SHAPES, st.integers(0, 3), st.text("abyz", min_size=1, max_size=3), st.booleans())
def test_an_added_item_changes_no_closed_archive(
    shapes: list[tuple[int, int, int | None]], later: int, name: str, tight: bool
) -> None:
    """An item of the newest day or a later one, wherever it stands in that day, changes no closed archive."""
    items = [_item(f"i{n}", *shape) for n, shape in enumerate(shapes)]
    newest = max((shape[0] for shape in shapes), default=0)
    fits = _little if tight else _anything
    before = _closed(_CUT.documents(_sorted(items), fits))
    after = _closed(_CUT.documents(_sorted([*items, _item(name, newest + later)]), fits))
    assert {key: after.get(key) for key in before} == before


@given(_SHAPES)
def test_a_feed_is_never_too_large(shapes: list[tuple[int, int, int | None]]) -> None:
    """A feed that has no room for all of the newest items holds fewer, the newest of those that any feed could hold."""
    items = _sorted([_item(f"i{n}", *shape) for n, shape in enumerate(shapes)])
    feed = _CUT.documents(items, _little)[0]
    assert _little(feed.items)
    assert not [item for item in feed.left_out if _little([item])]
    possible = [item for item in items[:_SIZE] if not item.withdrawn_on and item not in feed.left_out]
    kept = [item for item in feed.items if not item.withdrawn_on]
    assert kept == possible[: len(kept)]
    assert len(kept) == len(possible) or not _little([*feed.items, possible[len(kept)]])


@pytest.mark.parametrize(("ago", "there"), [(1, True), (89, True), (90, False), (200, False)])
def test_a_withdrawal_is_told_for_90_days(ago: int, there: bool) -> None:
    """A feed says for 90 days that something was withdrawn, however old it is; an archive says so for good."""
    items = _sorted([_item("gone", 0, withdrawn=ago), *(_item(f"i{n}", n) for n in range(1, 12))])
    first, *archives = _CUT.documents(items, _anything)
    assert ("gone" in {item.id for item in first.items}) == there
    assert "gone" in {item.id for document in archives for item in document.items}


def test_archives_are_counted_from_the_oldest() -> None:
    """The first archive holds the oldest items, each as many, and all are older than the newest day."""
    items = _sorted([_item(f"i{n:02}", n) for n in range(11)])
    documents = _CUT.documents(items, _anything)
    assert [document.name for document in documents] == ["", "archive-2", "archive-1"]
    assert [item.id for item in documents[2].items] == ["i03", "i02", "i01", "i00"]
    assert [document.previous for document in documents] == ["archive-2", "archive-1", ""]


def test_a_walker_reaches_250_of_250(folder: Path) -> None:
    """From each feed of a site of 250 articles a walker reaches 250, and article 251 changes no closed archive."""
    content, output = small_site(folder / "content", 250), folder / "output"
    site = Published(build_here(content, output, url="https://example.org").output, "https://example.org", AUTHORITY)
    every = {f"tag:{AUTHORITY}:entry-id-text-{n}" for n in range(1, 251)}
    for form in ("rss", "atom", "json"):
        for name in ("feeds/all", "feeds/articles", "feeds/people/editor"):
            assert _ids(site, name, form) == every
    before = {path: data for path, data in snapshot(output).items() if "/archive-" in path}
    assert len(before) == 12 * 3 * 4
    write(content, plain(251))
    build_here(content, output, url="https://example.org")
    after = snapshot(output)
    assert {path: after.get(path) for path in before} == before


def _ids(site: Published, name: str, form: str) -> set[str]:
    by_address: dict[str, SeenFeed] = {f"{site.url}/{feed.path}": feed for feed in site.feeds}
    start = next(feed for feed in site.feeds if feed.name == name and feed.form == form)
    return {item.id for feed in walk(by_address, start) for item in feed.items}
