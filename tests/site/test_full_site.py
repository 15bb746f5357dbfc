"""Test how each field and each block of ``sites/full`` is rendered."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from tests.sites.building import Built


def words(element: BeautifulSoup | Tag | None) -> str:
    """Return the text of an element with single spaces."""
    assert element is not None
    return " ".join(element.get_text(" ").split())


@pytest.fixture(scope="module")
def article(full: Built) -> Tag:
    """Return the page of the article with every field and block."""
    found = full.page("/articles/everything/").find("main")
    assert isinstance(found, Tag)
    return found


def test_titles_are_escaped(full: Built) -> None:
    """A title with HTML, quotation marks and an ampersand is shown as it was written on every page."""
    title = 'Everything: <b>bold</b> & "quoted"'
    page = full.page("/articles/everything/")
    assert words(page.find("h1")) == title
    assert page.title is not None
    assert page.title.get_text() == f"{title} – Elm Tree Hub"
    described = page.select_one('meta[property="og:title"]')
    assert described is not None
    assert described["content"] == title
    assert title in words(full.page("/articles/"))
    assert title in words(full.page("/blog/everything/"))


def test_dates(article: Tag) -> None:
    """Dates of publication, change and review, overdue or not, are shown in words and as machine-readable times."""
    about = article.select_one(".colophon")
    assert about is not None
    for said in ("14 September 2026", "1 November 2026", "Reviewed", "A review was due on"):
        assert said in words(about)
    assert {str(time["datetime"]) for time in about.select(".entry-dates time")} == {"2026-09-14", "2026-11-01"}
    # A late review is also said at the top.
    assert "A review was due on" in words(article.select_one(".byline"))


def test_updates_newest_first(article: Tag) -> None:
    """Updates are listed with their dates, newest first."""
    items = [words(item) for item in article.select(".update-list li")]
    assert items == ["1 November 2026 : Another & one.", "2 October 2026 : A section was added."]


def test_notes_safety_and_credit(article: Tag) -> None:
    """The page shows content notes, the safety text of a topic and the credit of the picture."""
    assert "drink, loss" in words(article.select_one(".byline"))
    assert "Do not stop suddenly on your own" in words(article.select_one(".safety-box"))
    assert "Drawn by the editors" in words(article.select_one(".colophon"))


def test_markdown(article: Tag) -> None:
    """Emphasis, code, footnotes, lists, tables, abbreviations and typographic marks are rendered as elements."""
    prose = article.select_one(".prose")
    assert prose is not None
    for selector in (
        "em",
        "strong",
        "del",
        "code",
        "sup a[href='#fn:1']",
        "li[id='fn:1'] a[href='#fnref:1']",
        "ol > li > ul > li",
    ):
        assert prose.select_one(selector), selector
    assert prose.select_one('abbr[title="National Health Service"]')
    assert words(prose.select_one('abbr[title="General practitioner"]')) == "GP"
    assert "“smart” quotes – and dashes…" in words(prose)
    table = prose.select_one('div[role="region"][tabindex="0"][aria-label] > table')
    assert table is not None
    assert [words(cell) for cell in table.select('th[scope="col"]')] == ["Day", "What helped"]
    assert [words(item) for item in article.select(".prose > p + ul > li")] == ["first", "second"]


def test_blocks(article: Tag) -> None:
    """Each block is rendered as its component: figure, list with a heading, or cards of other entries."""
    assert words(article.select_one("figure.quote blockquote")) == "We listen before we advise."
    assert article.select_one("figure.quote figcaption em")
    titles = [words(heading) for heading in article.select("section.reflection h2")]
    assert titles == ["Questions to ask yourself", "Before you sleep"]
    cards = article.select(".commitment-list .commitment-card")
    assert [words(card.find(["h3"])) for card in cards] == ["We listen", "We tell the truth"]
    assert "Kept" in words(cards[0])
    assert "overdue" in words(cards[1])
    action = article.select_one("section.call-to-action")
    assert words(action).startswith("Talk to us")
    contacts = [words(heading) for heading in article.select(".help-list h3")]
    assert contacts == ["Samaritans", "Shout"]
    picture = article.select_one("figure.picture img")
    assert picture is not None
    assert (picture["alt"], picture["width"], picture["height"]) == ("A gate in the morning", "30", "20")


@pytest.mark.parametrize(
    ("label", "address"),
    [
        ("here", "#first-steps"),
        ("a story", "/stories/told/"),
        ("beside", "/articles/plain/"),
        ("another page", "/articles/plain/#a-part"),
        ("away", "https://www.example.org/a?b=1&c=2"),
        ("listen", "tel:116123"),
        ("text", "sms:85258?body=SHOUT"),
        ("read", "https://reading.example.org/"),
        ("us", "tel:+442081919191"),
        ("https://www.example.org/bare", "https://www.example.org/bare"),
    ],
)
def test_links_of_every_kind(article: Tag, label: str, address: str) -> None:
    """Links to headings, entries, contacts and other sites have the right addresses."""
    assert {str(link["href"]) for link in article.select(".prose a") if words(link) == label} == {address}


def test_a_story_shows_its_narrator(full: Built) -> None:
    """A story shows the narrator's chosen name, role and pathway."""
    said = words(full.page("/stories/told/").find("main"))
    for part in ("Ash", "a family member", "day programme"):
        assert part in said


def test_a_commitment_shows_its_log(full: Built) -> None:
    """A commitment shows its statement, expectations, owner, contact, and its log, newest first."""
    main = full.page("/commitments/we-listen/").find("main")
    assert isinstance(main, Tag)
    said = words(main)
    for part in (
        "We listen",
        "I can tell.",
        "We say what we do.",
        "Readers & staff",
        "Community lead",
        "We ask each spring.",
        "Kept",
    ):
        assert part in said, part
    assert said.index("We asked everyone.") < said.index("We began.")
    assert "The answers, published in September." in said
    assert main.select_one('.help-contact a[href="tel:+442081919191"]')


def test_an_overdue_commitment_is_marked(full: Built) -> None:
    """A commitment whose review is overdue is marked on its page and on the list."""
    assert "1 October 2026" in words(full.page("/commitments/we-tell/").find("main"))
    assert "overdue" in words(full.page("/commitments/").find("main"))


def test_a_topic_shows_its_entries_and_its_safety_text(full: Built) -> None:
    """A topic shows its safety text and its entries, newest first. A topic without entries has no page."""
    families = [str(link["href"]) for link in full.page("/topics/families/").select(".article-card h2 a")]
    assert families == [
        "/articles/same-day-a/",
        "/articles/same-day-b/",
        "/articles/everything/",
        "/stories/told/",
        "/commitments/we-listen/",
    ]
    assert "Do not stop suddenly" in words(full.page("/topics/alcohol/").find("main"))
    assert not full.has("/topics/sleep/")
    assert "/topics/sleep/" not in full.text("topics/index.html")


def test_a_person_has_a_page(full: Built) -> None:
    """A person's page shows role, text, picture and entries, and the list of people links to it."""
    main = full.page("/people/editor/").find("main")
    assert isinstance(main, Tag)
    assert "Writes the articles" in words(main)
    assert main.select_one('img[alt="Two pens on a desk."]')
    assert len(main.select(".article-card")) == 5
    assert full.page("/people/").select_one('main a[href="/people/editor/"]')


def test_the_help_page_shows_every_detail_of_a_contact(full: Built) -> None:
    """The help page shows numbers, texts, addresses, nations, hours, costs, whom to ask for and entries on bills."""
    said = words(full.page("/help/").find("main"))
    for part in (
        "020 8191 9191",
        "hello@community.example",
        "Sammy",
        "England and Wales",
        "Nine to five",
        "local call",
        "Text 07400 123456",
        "Shows on a phone bill",
        "May show on a phone bill",
        "Scotland",
    ):
        assert part in said, part
