"""The site has the right feeds, and its pages announce them."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.base.problem import Severity
from plugins.content_model.page import Person
from plugins.engine.build_parts import FeedLink
from plugins.engine.outputs import Outputs
from plugins.feeds import item_html
from plugins.feeds.feed_html import clean
from plugins.feeds.plugin import plan
from plugins.views.views import ContactView
from tests.feeds.planning import build, files
from tests.sites.writing import article, entry

_NAMES = ("all", "without-stories", "articles", "stories", "commitments", "topics/work", "people/editor")


def test_every_feed_has_three_formats() -> None:
    """The site, each kind, everything but stories, each topic and each person have a feed in each format."""
    paths = set(files(build(entry(Person, "editor"), article("one"), topics=["work"])))
    expected = {f"feeds/{name}{suffix}" for name in _NAMES for suffix in (".rss.xml", ".atom.xml", ".json")}
    others = {f"feeds/{name}" for name in ("opml.xml", "feed.css", "icon.png", "logo.png", "image.png")}
    assert paths - expected == others | {"feed.xml", "rss.xml"}
    assert expected <= paths


def test_pages_announce_their_feeds() -> None:
    """Every page announces the feed of everything, and topics and people their own, in RSS alone."""
    made = build(entry(Person, "editor"), article("one", topics=["work"]), topics=["work", "idle"])
    announced = {feed.href: feed.page for feed in made.listings.feeds if feed.page is not None}
    assert announced == {
        "/feeds/all.rss.xml": "",
        "/feeds/topics/work.rss.xml": "/topics/work/",
        "/feeds/people/editor.rss.xml": "/people/editor/",
    }
    assert made.listings.feeds[0] == FeedLink(
        "Everything (RSS)", "/feeds/all.rss.xml", "application/rss+xml", "", "Everything", "Everything", "RSS"
    )


def test_each_text_is_cleaned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry's HTML is cleaned once for all feeds and formats."""
    cleaned: list[str] = []

    def counting(html: str, **more: Any) -> str:
        cleaned.append(html)
        return clean(html, **more)

    monkeypatch.setattr(item_html, "clean", counting)
    entries = [article(f"text-{n}", topics=["work"], published=f"2026-05-{n + 1:02}") for n in range(30)]
    files(build(entry(Person, "editor"), *entries, topics=["work"]))
    assert sorted(cleaned) == sorted(f"<p>Text of text-{n}.</p>" for n in range(30))


def test_missing_help_contact_is_a_warning() -> None:
    """A help contact that is not in the register causes a warning, unless the site has no contacts."""
    made = build()
    assert not list(made.problems)
    made.outputs = Outputs()
    made.assets.contacts["shout"] = ContactView(
        "shout", "Shout", "", "", "", "", "", "", "", "", "", "", "", "", crisis=True
    )
    plan(made)
    made.complete()
    assert {(problem.name, problem.severity) for problem in made.problems} == {
        ("missing-feed-contact", Severity.WARNING)
    }
