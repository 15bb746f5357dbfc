"""Test the sample page, an article with every element that an article page of Help Me Stop has."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from tests.sites.building import CONTENT, Built

SAMPLE = "/articles/building-a-recovery-community/"


@pytest.fixture(scope="module")
def page(real: Built) -> BeautifulSoup:
    """Return the sample page of the site itself."""
    return real.page(SAMPLE)


@pytest.fixture(scope="module")
def front_matter() -> dict[str, object]:
    """Return the front matter of the sample page."""
    text = (CONTENT / SAMPLE.strip("/") / "index.md").read_text(encoding="utf-8")
    found = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(found, dict)
    return found


def only(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the only element that matches ``selector``."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def words(element: Tag) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.get_text().split())


def test_skip_link(page: BeautifulSoup) -> None:
    """The first link leads to the main element."""
    first = page.find("a")
    assert isinstance(first, Tag)
    assert words(first) == "Skip to the content"
    assert only(page, str(first["href"])).name == "main"


def test_title(page: BeautifulSoup) -> None:
    """The title is the only level-one heading, in the main element, and is in the title of the window."""
    assert words(only(page, "main h1")) == "Building a recovery community"
    assert words(only(page, "title")) == "Building a recovery community – Help Me Stop"


def test_dates_and_reading_time(page: BeautifulSoup, front_matter: dict[str, object]) -> None:
    """One line below the title shows the day of the review and the reading time."""
    byline = only(page, "main .byline")
    assert "to read" in words(byline)
    assert only(byline, "time")["datetime"] == str(front_matter["reviewed_on"])


def test_author_and_dates(page: BeautifulSoup, front_matter: dict[str, object]) -> None:
    """The end of the page shows the author's name and role, and the dates of publication and review."""
    about = only(page, "main .colophon")
    author = only(about, 'a[rel="author"]')
    assert author["href"] == "/people/community-lead/"
    assert "Community lead" in words(about)
    days = {str(time["datetime"]) for time in about.select("time")}
    for name in ("published", "reviewed_on"):
        day = front_matter[name]
        assert isinstance(day, dt.date)
        assert day.isoformat() in days


def test_sections(page: BeautifulSoup) -> None:
    """Headings with ids divide the text into sections, and a table of contents links to them."""
    headings = page.select("main .prose > h2")
    assert len(headings) >= 5
    contents = only(page, "nav.table-of-contents ul")
    links = [str(link["href"]).lstrip("#") for link in contents.find_all("a")]
    assert links == [heading["id"] for heading in headings]


def test_self_reflection_questions(page: BeautifulSoup) -> None:
    """The questions for self-reflection are a list in a section with an accessible name."""
    section = only(page, "section.reflection")
    heading = only(section, "h2")
    assert section["aria-labelledby"] == heading["id"]
    questions = [words(item) for item in only(section, "ul").find_all("li")]
    assert len(questions) >= 3
    assert all(question.endswith("?") for question in questions)


def test_pull_quote(page: BeautifulSoup) -> None:
    """The pull quote is a figure with a quotation and a caption that names its source."""
    figure = only(page, "figure.quote")
    assert words(only(figure, "blockquote p"))
    assert "Help Me Stop" in words(only(figure, "figcaption"))


def test_community_commitment(page: BeautifulSoup) -> None:
    """Four commitments are shown from their own files, each with its text and a link to its page."""
    cards = page.select(".commitment-list .commitment-card")
    slugs = ["we-listen-first", "we-keep-the-door-open", "we-tell-the-truth", "we-protect-your-privacy"]
    assert [str(only(card, "h3 a")["href"]) for card in cards] == [f"/commitments/{slug}/" for slug in slugs]
    for card, slug in zip(cards, slugs, strict=True):
        made = yaml.safe_load(
            (CONTENT / "commitments" / slug / "index.md").read_text(encoding="utf-8").split("---\n")[1]
        )
        assert words(only(card, "h3")) == made["title"]
        assert made["statement"] in words(card) or made["you_can_expect"] in words(card)


def test_get_in_touch(page: BeautifulSoup) -> None:
    """A line after the text shows the phone number, a link to dial it, and whom to ask for."""
    section = only(page, "main section.get-in-touch")
    number = only(section, 'a[href^="tel:"]')
    assert number["href"] == "tel:+442081919191"
    assert words(number) == "020 8191 9191"
    assert "ask for Sammy" in words(section)


def test_get_in_touch_with_an_e_mail_address(full: Built) -> None:
    """The line shows the e-mail address of the organisation's contact, if it has one."""
    section = only(full.page("/articles/everything/"), "main section.get-in-touch")
    assert only(section, 'a[href^="tel:"]')["href"] == "tel:+442081919191"
    mail = only(section, 'a[href^="mailto:"]')
    assert mail["href"] == "mailto:hello@community.example"
    assert words(mail) == "hello@community.example"


def test_recent_articles(page: BeautifulSoup) -> None:
    """The page ends with three cards, each with picture, alt text, title, excerpt and a labelled link."""
    section = only(page, "main section.recent-articles")
    assert words(only(section, "h2")) == "Recent articles"
    cards = section.select(".article-card")
    assert len(cards) == 3
    for card in cards:
        title = only(card, "h3 a")
        assert str(title["href"]) != SAMPLE
        assert only(card, "img")["alt"]
        assert any(40 < len(words(paragraph)) <= 161 for paragraph in card.find_all("p"))
        more = [link for link in card.find_all("a") if words(link).startswith("Read more")]
        assert [words(link) for link in more] == [f"Read more: {words(title)}"]
        assert more[0]["href"] == title["href"]
    following = section.find_next_siblings()
    assert not following, "recent articles stand last in the main part"


def test_sources_and_topics(page: BeautifulSoup, front_matter: dict[str, object]) -> None:
    """The page lists its sources with their addresses, and its topics with links."""
    sources = front_matter["sources"]
    topics = front_matter["topics"]
    assert isinstance(sources, list)
    assert isinstance(topics, list)
    assert [str(link["href"]) for link in only(page, "section.sources").find_all("a")] == [
        source["url"] for source in sources
    ]
    assert [str(link["href"]) for link in page.select('main nav[aria-label="Topics"] a')] == [
        f"/topics/{topic}/" for topic in topics
    ]


def test_neighbours_and_related(page: BeautifulSoup) -> None:
    """The page links to the previous and the next article, and to related articles other than itself."""
    assert page.select('main a[rel="prev"], main a[rel="next"]')
    related = only(page, "section.related-articles")
    links = {str(link["href"]) for link in related.find_all("a")}
    assert links
    assert SAMPLE not in links


def test_the_first_picture_is_not_lazy(page: BeautifulSoup) -> None:
    """The first picture loads at once. Pictures below the fold load lazily."""
    first, *others = page.select("main img")
    assert first.get("loading") != "lazy"
    assert first["alt"]
    assert all(image.get("loading") == "lazy" for image in others)
