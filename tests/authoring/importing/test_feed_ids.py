"""Test that ``--keep-guids`` keeps the feed ids of the old site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.importing.exports import HOME, Post, write_export
from tests.authoring.importing.world import (
    actions,
    bring,
    entry,
    front_matter,
)


def test_feeds_keep_old_ids(content: Path, file: Path) -> None:
    """With --keep-guids a public post keeps its id in feeds, once; a page and a draft have none."""
    posts = [
        Post(1, slug="one"), Post(2, slug="two", kind="page"), Post(3, slug="three", status="draft"),
        Post(4, slug="four", categories=("Stories",)),
    ]  # fmt: skip
    bring(content, write_export(file, posts))
    assert "feed_id" not in entry(content, "articles/one")
    bring(content, file, keep_guids=True, drafts=True)
    assert front_matter(content, "articles/one")["feed_id"] == f"{HOME}/?p=1"
    assert front_matter(content, "stories/four")["feed_id"] == f"{HOME}/?p=4"
    assert "feed_id" not in entry(content, "pages/two") + entry(content, "articles/three")
    assert actions(bring(content, file, keep_guids=True, drafts=True)) == {"unchanged": 4}


@pytest.mark.parametrize(
    ("guid", "categories", "why"),
    [
        (f"{HOME}/jane-doe/", ("Stories",), "may tell who somebody is"),
        ("post 5 at old.example.org", (), "cannot be an id in feeds"),
        (f"{HOME}/?p=1", (), "it is that of articles/one/index.md"),
    ],
)
def test_an_id_that_cannot_be_kept_is_told(
    content: Path, file: Path, guid: str, categories: tuple[str, ...], why: str
) -> None:
    """An id that names somebody, that Atom does not allow, or that another text has, is left out and reported."""
    posts = [Post(1, slug="one"), Post(5, slug="five", guid=guid, categories=categories)]
    report = bring(content, write_export(file, posts), keep_guids=True)
    assert "feed_id" not in (content / report.outcomes[1].path).read_text(encoding="utf-8")
    assert any(why in note.detail for note in report.outcomes[1].notes if note.what.startswith("an id in feeds"))
