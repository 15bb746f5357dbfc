"""What the theme says of content is true: each of its sentences is held against content that makes it false."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from plugins.content_model.article import Article
from plugins.content_model.story import Story
from plugins.pages.environment import JinjaTheme
from plugins.views.section_words import articles_words, stories_words
from tests.sites.building import ROOT
from tests.sites.writing import entry
from tests.theme.sentences import file, sentences
from tests.theme.test_components import EXAMPLES, SITE, THEME

REGISTER: dict[str, Any] = yaml.safe_load(file("sentences.yaml").read_text(encoding="utf-8"))
FACTS: list[dict[str, str]] = REGISTER["facts"]


def test_every_sentence_is_known() -> None:
    """A new sentence of the theme is registered as a label, or as a fact with what holds it."""
    known = [*REGISTER["labels"], *(fact["says"] for fact in FACTS)]
    assert sorted(known) == sorted(sentences())


@pytest.mark.parametrize("fact", [fact for fact in FACTS if "component" in fact], ids=lambda fact: fact["says"])
def test_a_sentence_stands_only_where_it_is_true(fact: dict[str, str]) -> None:
    """A component says the sentence of content that makes it true, and not of content that makes it false."""
    said = {
        example.name: " ".join(example.render().split())
        for example in EXAMPLES
        if example.component == fact["component"]
    }
    assert fact["says"] in said[fact["true_of"]]
    assert fact["says"] not in said[fact["false_of"]]


@pytest.mark.parametrize("fact", [fact for fact in FACTS if "held_by" in fact], ids=lambda fact: fact["says"])
def test_what_holds_a_sentence_exists(fact: dict[str, str]) -> None:
    """The test that the register names for a sentence is there."""
    path, _, name = fact["held_by"].partition("::")
    text = (ROOT / "tests" / path).read_text(encoding="utf-8")
    assert f"def {'test_' if name == '*' else f'{name}('}" in text


def test_home_claims_commitments_only_with_some() -> None:
    """The home page of a site without commitments or stories has no section for them."""
    site: dict[str, Any] = {"name": "Ours", "tagline": "A site.", "help": {"label": "Get help now", "href": "/help/"},
            "contact": None, "exit_url": "", "icon": "/icon.svg", "navigation": [], "footer": []}  # fmt: skip
    meta = {"section": "", "permalink": "/", "exits": False, "breadcrumbs": (), "title": "Ours"}
    page = JinjaTheme(THEME, SITE).page(
        "home.html",
        site=site,
        meta=meta,
        page=None,
        doors=(),
        targets=(),
        charter=None,
        stories=(),
        commitments=(),
        recent="",
    )
    assert "What we commit to" not in page
    assert "Who is this for?" not in page
    assert "someone is awake" not in page
    assert "Stories</h2>" not in page


def story(role: str, *, made_up: bool) -> Story:
    """A story told by somebody of a role."""
    status = "published" if made_up else "draft"
    return entry(Story, f"{role}-{made_up}".lower(), narrator_role=role, illustrative=made_up, status=status)


@pytest.mark.parametrize(
    ("stories", "words"),
    [
        ([], "What recovery is like. Nobody has told a story here yet."),
        (
            [story("person", made_up=True), story("family", made_up=True)],
            "Samples, made up to show what a story here looks like. Nobody has told their own here yet.",
        ),
        ([story("person", made_up=False)], "What recovery is like, in the words of those who live it."),
        ([story("friend", made_up=False)], "What recovery is like, in the words of those close to them."),
        (
            [story("person", made_up=False), story("family", made_up=False), story("staff", made_up=True)],
            (
                "What recovery is like, in the words of those who live it and those close to them. "
                "Some are samples, and each of these says so."
            ),
        ),
        (
            [story("person", made_up=False), story("friend", made_up=False), story("staff", made_up=False)],
            "What recovery is like, in the words of those who live it, those close to them and those who work here.",
        ),
    ],
    ids=["none", "samples", "a person's", "a friend's", "both", "all roles"],
)
def test_the_stories_are_described_by_who_told_them(stories: list[Story], words: str) -> None:
    """Whose words the stories hold follows from the stories; a sample is nobody's words."""
    assert stories_words(stories) == words


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([], "Articles"),
        (["guide"], "Guides"),
        (["news", "guide"], "Guides and news"),
        (["opinion", "news", "guide"], "Guides, opinion and news"),
    ],
)
def test_the_articles_are_described_by_their_kinds(kinds: list[str], words: str) -> None:
    """The list of articles names the kinds that it holds and no other."""
    assert articles_words([entry(Article, kind, kind=kind) for kind in kinds]) == words
