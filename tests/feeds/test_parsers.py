"""Six third-party parsers read the same items in the feeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feeds.hostile import CASES, corpus, day
from tests.feeds.lint import lint
from tests.feeds.parsers import OF_PYTHON, PARSERS, ParsedItem, text_of
from tests.feeds.planning import URL, write
from tests.feeds.published import Published
from tests.feeds.reading import feed_paths, read
from tests.feeds.sites import AUTHORITY


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the feeds of the hostile corpus."""
    return write(corpus(), tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize(
    "parser", [name if name in OF_PYTHON else pytest.param(name, marks=pytest.mark.real) for name in PARSERS]
)
def test_parsers_agree(hostile: Path, folder: Path, parser: str) -> None:
    """Every parser reads the id, title, link, date and text of every item as written."""
    parse, suffixes = PARSERS[parser]
    paths = [path for path in feed_paths(hostile) if path.endswith(suffixes)]
    parsed = parse([hostile / path for path in paths], folder)
    for path in paths:
        written = [
            ParsedItem(item.id, item.title, item.url, item.published, text_of(item.html))
            for item in read(hostile, path).items
            if item.published
        ]
        assert parsed[hostile / path] == written, path


def test_hostile_titles_are_unchanged(hostile: Path) -> None:
    """Titles are as written, without characters that XML does not allow and with collapsed white space."""
    items = {item.id: item for item in read(hostile, "feeds/articles.json").items}
    assert len(items) == len(CASES)
    for case in CASES:
        item = items[f"tag:{AUTHORITY}:entry-id-{case.slug}"]
        assert item.title == (case.shown or case.title)
        assert item.url == f"{URL}/articles/{case.slug}/"
        assert item.published is not None
        assert item.published.date() == day(case)


def test_hostile_feeds_keep_the_lint_rules(hostile: Path) -> None:
    """The feeds of the hostile corpus break no rule that does not need the pages of a site."""
    # These feeds have no pages and pictures.
    site_rules = {"page", "page-links", "absolute", "announced", "subscribe-page", "enclosure"}
    violations = lint(Published(hostile, URL, AUTHORITY))
    assert not [violation for violation in violations if violation.rule not in site_rules]
