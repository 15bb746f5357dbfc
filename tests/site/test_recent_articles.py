"""Test the cards of recent and related articles on the pages of built sites."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from plugins.content_model.article import Article
from plugins.content_model.page import Person
from tests.sites.building import CONTENT, SITES, Built, build_here
from tests.sites.writing import fields, text, write


def cards(site: Built, permalink: str) -> list[str]:
    """Return the addresses of the recent articles on a page, in order."""
    return [str(link["href"]) for link in site.page(permalink).select("section.recent-articles .article-card h3 a")]


def newest(folder: Path) -> list[str]:
    """Return the addresses of the live articles in a content folder, newest first and ties by address."""
    found = []
    for file in folder.glob("articles/*/index.md"):
        made = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
        day, today = str(made.get("published")), "2026-11-23"
        if made.get("status") == "published" and day <= today < str(made.get("expires", "9999")):
            found.append((day, f"/articles/{made['slug']}/"))
    found.sort(key=lambda item: item[1])
    found.sort(key=lambda item: item[0], reverse=True)
    return [address for _, address in found]


@pytest.mark.parametrize(("site", "folder"), [("real", CONTENT), ("full", SITES / "full")])
def test_recent_articles_are_the_newest_three(site: str, folder: Path, request: pytest.FixtureRequest) -> None:
    """Pages of entries and lists show the three newest live articles, without the article of the page itself."""
    built: Built = request.getfixturevalue(site)
    articles = newest(folder)
    pages = [f"/{path.removesuffix('index.html')}" for path in built.html_files()]
    beside = [
        page
        for page in pages
        if page == "/" or (page.count("/") == 3 and page.split("/")[1] in {"articles", "stories", "commitments"})
    ]
    assert {"/", *articles} <= set(beside)
    for page in beside:
        assert cards(built, page) == [address for address in articles if address != page][:3], page
    for page in set(pages) - set(beside):
        assert cards(built, page) == [], page


@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_the_number_of_cards_is_a_setting(count: int, tmp_path: Path) -> None:
    """A page shows as many cards as the setting says, or as many as there are articles."""
    built = build_here(SITES / "full", tmp_path / "output", RECENT_ARTICLES_COUNT=count)
    articles = newest(SITES / "full")
    assert len(articles) == 4
    assert cards(built, "/") == articles[:count]
    page = built.page(articles[0])
    assert cards(built, articles[0]) == articles[1 : count + 1]
    assert bool(page.select("section.recent-articles")) == (count > 0)


def test_fewer_articles_than_cards(minimal: Built) -> None:
    """The page of the only article has no recent articles and no heading for them."""
    assert cards(minimal, "/") == ["/articles/hello/"]
    assert not minimal.page("/articles/hello/").select("section.recent-articles")


def test_cards_depend_on_the_day(tmp_path: Path) -> None:
    """An article is the first card from its day of publication, and is removed on the day on which it expires."""
    editor = text(fields(Person, "editor"))
    made = {
        "people/editor.md": editor,
        "articles/a.md": text(fields(Article, "a", id="article-a", published="2026-06-01")),
        "articles/b.md": text(fields(Article, "b", id="article-b", published="2026-07-01", expires="2026-08-01")),
    }
    content = write(tmp_path / "content", made)
    for day, expected in (
        ("2026-06-30", ["a"]),
        ("2026-07-01", ["b", "a"]),
        ("2026-07-31", ["b", "a"]),
        ("2026-08-01", ["a"]),
    ):
        built = build_here(content, tmp_path / day, AS_OF=day)
        assert cards(built, "/") == [f"/articles/{slug}/" for slug in expected], day
        assert built.has("/articles/b/") == ("b" in expected)


def test_related_articles_share_a_topic(real: Built) -> None:
    """Every related article has a topic in common with the article of the page."""
    topics = {
        f"/articles/{file.parent.name}/": set(
            yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])["topics"]
        )
        for file in CONTENT.glob("articles/*/index.md")
    }
    for permalink, own in topics.items():
        for link in real.page(permalink).select("section.related-articles a"):
            assert topics[str(link["href"])] & own
            assert link["href"] != permalink


def test_cards_show_the_excerpt(full: Built) -> None:
    """A card shows the summary, or the first paragraph cut at a word. A decorative picture has an empty alt text."""
    shown = {
        str(card.select("h3 a")[0]["href"]): card
        for card in full.page("/").select("section.recent-articles .article-card")
    }
    plain = shown["/articles/plain/"]
    cut = next(p.get_text() for p in plain.find_all("p") if p.get_text().endswith("…"))
    assert len(cut) <= 160
    assert cut.startswith("An article without a summary, a topic or a picture.")
    assert not plain.find("img")
    assert shown["/articles/same-day-b/"].select("img")[0]["alt"] == ""
