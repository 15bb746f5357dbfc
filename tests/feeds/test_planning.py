"""Which feeds there are, and who is told of them."""

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


def test_every_feed_is_there_in_three_formats() -> None:
    """Everything, each kind, everything but stories, each topic and each person have a feed in each format."""
    paths = set(files(build(entry(Person, "editor"), article("one"), topics=["work"])))
    wanted = {f"feeds/{name}{suffix}" for name in _NAMES for suffix in (".rss.xml", ".atom.xml", ".json")}
    assert paths - wanted == {f"feeds/{name}" for name in ("opml.xml", "feed.css", "icon.png", "logo.png", "image.png")}
    assert wanted <= paths


def test_only_the_feed_of_everything_is_announced_everywhere() -> None:
    """Every page is told of the feed of everything; the page of another feed is told of that feed."""
    made = build(entry(Person, "editor"), article("one", topics=["work"]), topics=["work"])
    pages = {feed.href.rpartition("/feeds/")[2].split(".")[0]: feed.page for feed in made.listings.feeds}
    assert pages == {
        "all": "",
        "without-stories": "/subscribe/",
        "articles": "/articles/",
        "stories": "/stories/",
        "commitments": "/commitments/",
        "topics/work": "/topics/work/",
        "people/editor": "/people/editor/",
        "opml": "/subscribe/",
    }
    assert made.listings.feeds[0] == FeedLink(
        "Everything (RSS)", "/feeds/all.rss.xml", "application/rss+xml", "", "Everything", "Everything", "RSS"
    )


def test_a_text_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many feeds and formats carry an entry, its text is made once."""
    made: list[str] = []

    def counting(html: str, **more: Any) -> str:
        made.append(html)
        return clean(html, **more)

    monkeypatch.setattr(item_html, "clean", counting)
    entries = [article(f"text-{n}", topics=["work"], published=f"2026-05-{n + 1:02}") for n in range(30)]
    files(build(entry(Person, "editor"), *entries, topics=["work"]))
    assert sorted(made) == sorted(f"<p>Text of text-{n}.</p>" for n in range(30))


def test_a_help_contact_that_is_not_there_is_told_of() -> None:
    """A contact of the settings that the register lacks is a warning, unless the site has no contacts at all."""
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
