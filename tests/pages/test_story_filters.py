"""Readers choose stories by topic, kind of help and who tells them, on plain pages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from plugins.content_model.library import Library
from plugins.content_model.link_targets import internal_addresses
from plugins.content_model.registers import Registers, Topic
from plugins.content_model.story import PATHWAY_WORDS, ROLE_WORDS, NarratorRole, Pathway, Story
from plugins.pages.story_filters import choice_groups, heading
from tests.commitments.world import REGISTER
from tests.sites.building import Built, build_here
from tests.sites.writing import TODAY, entry, fields, text, write

PERSON = text({"id": "person-editor", "title": "Editors", "slug": "editor", "status": "published", "role": "Edit"})
TOPICS = """\
- key: alcohol
  name: Alcohol
  summary: About alcohol.
  safety: Get medical advice first.
- key: nhs
  name: NHS care
  summary: About care.
- key: families
  name: Families and friends
  summary: About families.
"""


def story(slug: str, **changes: object) -> str:
    """The file of a sample story."""
    return text(fields(Story, slug, title=f"Story {slug}", **changes))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Four stories and a draft, one card a page."""
    root = tmp_path_factory.mktemp("choices")
    stories = {
        "one": story("one", topics=["alcohol", "nhs"], published="2026-01-01", content_notes=["drink"]),
        "two": story("two", topics=["alcohol"], narrator_role="family", pathway="family-support"),
        "three": story("three", topics=["alcohol"], narrator_role="friend", published="2026-05-01"),
        "four": story("four", pathway="residential"),
        "draft": story("draft", topics=["families"], status="draft", narrator_role="staff"),
    }
    files = {f"stories/{slug}/index.md": file for slug, file in stories.items()}
    registers = {"register/help.yaml": REGISTER, "register/topics.yaml": TOPICS}
    content = write(root / "content", {**files, **registers, "people/editor/index.md": PERSON})
    return build_here(content, root / "output", PAGE_SIZE=1)


def titles(site: Built, permalink: str) -> list[str]:
    """The titles of the cards of a list."""
    return [" ".join(tag.get_text().split()) for tag in site.page(permalink).select(".article-card h2")]


def test_each_choice_lists_its_stories_newest_first(site: Built) -> None:
    """A choice holds the live stories that it names, in the order of the site, and no other."""
    assert titles(site, "/stories/topic/alcohol/") == ["Story two"]
    assert titles(site, "/stories/topic/alcohol/page/2/") == ["Story three"]
    assert titles(site, "/stories/topic/alcohol/page/3/") == ["Story one"]
    assert titles(site, "/stories/topic/nhs/") == ["Story one"]
    assert titles(site, "/stories/pathway/residential/") == ["Story four"]
    assert titles(site, "/stories/role/family/") == ["Story two"]


def test_only_choices_with_stories_have_a_page(site: Built) -> None:
    """A draft makes no choice; what nobody has told has no page."""
    for permalink in (
        "/stories/topic/families/",
        "/stories/role/staff/",
        "/stories/pathway/community-support/",
        "/stories/topic/",
    ):
        assert not site.has(permalink)


def test_the_list_of_stories_leads_to_every_choice(site: Built) -> None:
    """The quiet line on the list of stories, on each of its pages, links to each choice with its number of stories."""
    made = {f"/{path.removesuffix('index.html')}" for path in site.files() if path.startswith("stories/")}
    choices = {permalink for permalink in made if permalink.split("/")[2] in {"topic", "pathway", "role"}}
    first = {permalink for permalink in choices if "/page/" not in permalink}
    for permalink in ("/stories/", "/stories/page/2/", *first):
        links = site.page(permalink).select(".story-choices a")
        assert {str(link["href"]) for link in links} == first
    words = {" ".join(link.get_text().split()) for link in site.page("/stories/").select(".story-choices a")}
    assert words >= {"Alcohol (3)", "NHS care (1)", "Residential treatment (1)", "A family member (1)"}


def test_a_choice_needs_no_javascript(site: Built) -> None:
    """The choices are links in sight, and the chosen one says so."""
    page = site.page("/stories/topic/nhs/")
    (choices,) = page.select("nav.story-choices")
    assert not page.select("details .story-choices, .story-choices details")
    assert not page.select("script:not([type='application/ld+json'])")
    (current,) = choices.select("[aria-current]")
    assert current["href"] == "/stories/topic/nhs/"


def test_titles_descriptions_and_breadcrumbs(site: Built) -> None:
    """Each page of each choice has a title and a description of its own, and leads back to the stories."""
    paths = [path for path in site.html_files() if path.startswith("stories/")]
    heads = [
        (site.page(f"/{path}").title, site.page(f"/{path}").select_one('meta[name="description"]')) for path in paths
    ]
    assert len({str(title) for title, _ in heads}) == len(paths)
    lists = [str(meta) for path, (_, meta) in zip(paths, heads, strict=True) if len(path.split("/")) != 3]
    assert len(set(lists)) == len(lists)
    page = site.page("/stories/topic/alcohol/page/2/")
    assert [str(link["href"]) for link in page.select(".breadcrumb a")] == ["/", "/stories/", "/stories/topic/alcohol/"]
    assert page.title
    assert page.title.get_text().startswith("Sample stories about alcohol, page 2")


def test_cards_say_what_a_story_holds(site: Built) -> None:
    """On the list of a choice a card still shows the content notes, and that the story is a sample."""
    shown = " ".join(site.page("/stories/topic/nhs/").select(".article-card")[0].get_text(" ").split())
    assert "Content note: drink" in shown
    assert "A sample story, made up" in shown


def test_a_topic_with_a_safety_text_shows_it(site: Built) -> None:
    """Stories about such a topic begin with its safety text; other lists name 999 after their cards."""
    assert "Get medical advice first." in site.page("/stories/topic/alcohol/").select_one(".safety-box").get_text()  # type: ignore[union-attr]
    assert not site.page("/stories/topic/nhs/").select(".safety-box")
    for permalink in ("/stories/", "/stories/topic/nhs/", "/stories/topic/alcohol/", "/stories/role/friend/"):
        assert len(site.page(permalink).select('.crisis-line a[href="tel:999"]')) == 1


def test_texts_may_link_to_a_choice() -> None:
    """The addresses of choices are known to those who check links."""
    made = entry(Story, "a", topics=["work"])
    topic = Topic(key="work", name="Work", summary="About work.")
    known = internal_addresses(Library((made,), Registers(topics={"work": topic}), TODAY))
    assert {"/stories/topic/work/", "/stories/pathway/mutual-aid/", "/stories/role/person/"} <= known
    assert "/stories/role/staff/" not in known


def test_every_pathway_and_role_has_a_heading() -> None:
    """Each kind of help and each narrator has a title of its own."""
    library = Library()
    headings = [heading(library, "pathway", key) for key in get_args(Pathway)]
    headings += [heading(library, "role", key) for key in get_args(NarratorRole)]
    assert len({title for title, _ in headings}) == len(PATHWAY_WORDS) + len(ROLE_WORDS)
    assert headings[0][0] == "Stories of help through a day programme"


def test_no_story_makes_no_choice(tmp_path: Path) -> None:
    """Without stories there is nothing to choose from, and no empty line."""
    assert choice_groups(Library()) == ()
    built = build_here(write(tmp_path / "content", {"register/help.yaml": REGISTER}), tmp_path / "output")
    assert not built.page("/stories/").select(".story-choices")
