"""999 and 111 stand as text on the pages that a person in a crisis may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.content_model.article import Article
from plugins.content_model.entry import Entry
from plugins.content_model.page import Page
from plugins.content_model.story import Story
from tests.commitments.world import REGISTER, recorded
from tests.pages.test_story_filters import PERSON, TOPICS
from tests.sites.building import Built, build_here
from tests.sites.writing import fields, text, write

URGENT = """\
- id: nhs-111
  name: NHS 111
  who_for: Anyone
  number: "111"
  hours: Always
  nations: [england, wales]
  cost: Free
  source: Known
"""
DECLINED = [{"topic": "alcohol", "reason": "PRIVATE-WHY: it only names a public house to meet at."}]


def files(register: str = REGISTER + URGENT) -> dict[str, str]:
    """A site with entries of each kind, with and without a topic that has a safety text."""

    def of(kind: type[Entry], slug: str, **changes: object) -> str:
        return text(fields(kind, slug, **changes))

    return {
        "register/help.yaml": register,
        "register/topics.yaml": TOPICS,
        "people/editor/index.md": PERSON,
        "articles/calm/index.md": of(Article, "calm", topics=["families"]),
        "articles/drink/index.md": of(Article, "drink", topics=["alcohol"]),
        "articles/declined/index.md": of(Article, "declined", topics=["alcohol"], safety_declined=DECLINED),
        "stories/calm/index.md": of(Story, "calm-story", topics=["families"]),
        "stories/drink/index.md": of(Story, "drink-story", topics=["alcohol"]),
        "commitments/calm/index.md": text(recorded("calm-promise")),
        "commitments/drink/index.md": text(recorded("drink-promise", topics=["alcohol"])),
        "pages/about/index.md": of(Page, "about"),
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The built site."""
    root = tmp_path_factory.mktemp("crisis")
    return build_here(write(root / "content", files()), root / "output")


def crisis_line(site: Built, permalink: str) -> list[str]:
    """The lines on a page, as a reader sees them."""
    return [" ".join(line.get_text().split()) for line in site.page(permalink).select(".crisis-line li")]


SHOWN = [
    "/stories/calm-story/",
    "/stories/drink-story/",
    "/articles/drink/",
    "/articles/declined/",
    "/commitments/drink-promise/",
    "/topics/alcohol/",
    "/stories/",
]


@pytest.mark.parametrize("permalink", SHOWN)
def test_stories_and_unsafe_topics_name_999_and_111(permalink: str, site: Built) -> None:
    """Every story, every entry of a topic with a safety text, and the topic itself: each number once, ready to call."""
    assert crisis_line(site, permalink) == [
        "If a life is at risk, call 999.",
        "If it is urgent, but no life is at risk, call 111 (England and Wales).",
    ]
    links = [str(link["href"]) for link in site.page(permalink).select(".crisis-line a")]
    assert links == ["tel:999", "tel:111"]


@pytest.mark.parametrize("permalink", ["/articles/calm/", "/commitments/calm-promise/", "/topics/families/", "/about/"])
def test_other_pages_stay_quiet(permalink: str, site: Built) -> None:
    """Pages that are about something else do not repeat the numbers: help is one link away there."""
    assert crisis_line(site, permalink) == []
    assert site.page(permalink).select('a[href="/help/"]')


def test_a_register_without_111_names_999(tmp_path: Path) -> None:
    """What the register does not hold is left out; 999 stands."""
    built = build_here(write(tmp_path / "content", files(REGISTER)), tmp_path / "output")
    assert crisis_line(built, "/stories/calm-story/") == ["If a life is at risk, call 999."]


def test_a_safety_text_is_shown_where_the_topic_is(site: Built) -> None:
    """The box stands on each entry of the topic, and on the topic's own page."""
    for permalink in ("/articles/drink/", "/stories/drink-story/", "/commitments/drink-promise/", "/topics/alcohol/"):
        (box,) = site.page(permalink).select(".safety-box")
        assert "Get medical advice first." in box.get_text()


def test_a_safety_text_is_declined_for_a_reason_only(site: Built) -> None:
    """Declined, the box is gone from page and feed of that entry; why stays with staff."""
    assert not site.page("/articles/declined/").select(".safety-box")
    for path in site.files():
        if path.endswith((".html", ".xml", ".json")):
            assert "PRIVATE-WHY" not in site.text(path)
            assert "safety_declined" not in site.text(path)
