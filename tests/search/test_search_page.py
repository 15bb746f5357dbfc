"""The search page, in a browser that enforces its policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from plugins.search.tokenizer import ENDINGS, ROUNDS, stem, words
from plugins.search.vocabulary import Vocabulary
from tests.search.corpus import corpus, made_index
from tests.search.timing import PHONE, opened_with, times_of
from tests.site_audit.rules import TARGET
from tests.sites.building import CONTENT, ROOT, Built


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The search page of the site itself on a phone; whatever it complains of is a failure."""
    context = browser.new_context(viewport=PHONE)
    opened = context.new_page()
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.goto(f"{address}/search/")
    yield opened
    assert told == []
    assert opened.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    context.close()


def search(page: Page, words: str) -> list[str]:
    """Type ``words`` and return the titles found, once the page says that it is done."""
    page.locator("input").fill("")
    page.locator(".search-box__status:empty").wait_for(state="attached")
    page.locator("input").fill(words)
    page.locator(".search-box__status", has_text="ound").wait_for()
    return page.locator(".search-box__results a").all_inner_texts()


def test_what_a_reader_looks_for_comes_first(page: Page) -> None:
    """Whole words, their beginnings, slips of one letter and whole questions lead to the page that is meant."""
    for typed, first in {
        "sleep": "Sleep in early recovery",
        "SLEE": "Sleep in early recovery",
        "cravings": "How cravings pass",
        "carvings": "How cravings pass",
        "residental": "Residential or day treatment: how to choose",
        "how do I stop drinking?": "What changes when you stop",
        "get help": "Get help now",
    }.items():
        assert search(page, typed)[0] == first


def test_a_sample_says_that_it_is_one(page: Page) -> None:
    """A story that was made up is not taken for somebody's own."""
    assert search(page, "a quiet kitchen")[0] == "A quiet kitchen"
    assert "Sample story, made up" in page.locator(".search-box__results li").first.inner_text()


def test_nothing_found_says_so(page: Page) -> None:
    """Where nothing fits, the page says so and shows the list of every page again."""
    assert search(page, "sleep")
    assert not page.locator(".search-box__all").is_visible()
    assert search(page, "xyzzyx") == []
    assert page.locator(".search-box__status").inner_text().startswith("Nothing found")
    assert page.locator(".search-box__all").is_visible()
    assert page.locator(".search-box__topics").get_by_role("link", name="Students").is_visible()
    assert page.locator(".search-box__card").get_by_role("link", name="Call 999").is_visible()


def test_words_of_a_crisis_show_help_above_all(page: Page) -> None:
    """999 is first, on a phone in the first screen; every way is large enough for a finger, and the keys reach it."""
    for typed in ("suicide", "I WANT TO DIE", "sucidal", "i’d like to kill my\u00adself", "od'd"):
        search(page, typed)
        card = page.get_by_role("region", name="Help now")
        ways = card.get_by_role("link")
        assert ways.first.get_attribute("href") == "tel:999"
        box = ways.first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"]
        for way in ways.all():
            size = way.bounding_box()
            assert size is not None
            assert min(size["width"], size["height"]) >= TARGET
        page.keyboard.press("Tab")
        assert ways.first.evaluate("way => way === document.activeElement"), typed
        results = page.locator(".search-box__results").bounding_box()
        assert results is None or results["y"] > box["y"]
        page.locator("input").fill("")
        card.wait_for(state="detached")


def test_somebody_to_call_and_somebody_to_text(page: Page) -> None:
    """The card for thoughts of suicide leads to Samaritans by phone and to Shout by text."""
    search(page, "suicide")
    card = page.get_by_role("region", name="Help now")
    assert card.get_by_role("link", name=re.compile("Call 116 123 ?, Samaritans")).is_visible()
    assert card.get_by_role("link", name=re.compile("Text SHOUT to 85258 ?, Shout")).is_visible()


def test_a_contact_that_is_found_can_be_called(page: Page) -> None:
    """A helpline among the results has its number as a link, and says what is known of cost and phone bills."""
    assert search(page, "aa")[0] == "Alcoholics Anonymous"
    first = page.locator(".search-box__results > li").first
    assert first.get_by_role("link", name="Call 0800 917 7650").get_attribute("href") == "tel:+448009177650"
    assert "phone bill" in first.inner_text()


def test_what_no_page_names_is_said(page: Page) -> None:
    """Where only a synonym leads on from the name of a drug that no page holds, the page does not claim more."""
    assert search(page, "ketamine")[0] == "FRANK"
    assert "about this alone" in page.locator(".search-box__status").inner_text()


def test_the_script_reads_words_as_the_build_does(browser: Browser) -> None:
    """Each word of the site and of hostile texts has the same stem in the script and in the index."""
    script = (ROOT / "theme" / "components" / "search-box" / "search-box.js").read_text(encoding="utf-8")
    begin, end = script.index("function split("), script.index("function learn(")
    texts = [
        file.read_text(encoding="utf-8") for file in sorted(CONTENT.rglob("*.*")) if file.suffix in {".md", ".yaml"}
    ]
    texts += [
        "ﬁnding re\u00adcovery\u200b Zoë’s café ÅNGSTRÖM 24/7_now İstanbul ǅ ½ 中文 🙂 a\u0301 oddd 999",
        "ss us is ness",
    ]
    told = {"endings": ENDINGS, "rounds": ROUNDS}
    page = browser.new_page()
    found = page.evaluate(
        f"([site, texts]) => {{ {script[begin:end]} return texts.map((text) => split(text).map(stem)); }}",
        [told, texts],
    )
    page.close()
    assert found == [[stem(word) for word in words(text)] for text in texts]


def test_an_empty_field_shows_every_page(page: Page) -> None:
    """Clearing the field brings the list of every page back, and says nothing."""
    search(page, "sleep")
    page.locator("input").fill("")
    page.locator(".search-box__all").wait_for()
    assert page.locator(".search-box__status").inner_text() == ""


def test_nothing_typed_leaves_the_page(page: Page, address: str) -> None:
    """The index is loaded once, by its own name; neither the address nor any request says what is typed."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for typed in ("sleep", "suicide", "relapse", "want to die", "sleep again"):
        search(page, typed)
    page.locator("input").press("Enter")
    assert [url.startswith(f"{address}/search/index-") for url in asked if "icon" not in url] == [True]
    assert page.url == f"{address}/search/"


def test_no_address_brings_a_search(page: Page, address: str) -> None:
    """Words in an address are ignored: a form or a link that put them there would tell them to the host."""
    page.goto(f"{address}/search/?q=sleep")
    assert search(page, "work")[0]
    page.goto(f"{address}/search/?q=sleep")
    assert page.locator("input").input_value() == ""


def test_without_scripts_every_page_is_there(browser: Browser, address: str) -> None:
    """Without JavaScript the field is gone and every page is listed, inside the search element."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/")
    assert not page.locator("input").is_visible()
    assert page.locator("search a", has_text="Sober summers").is_visible()
    assert page.locator("noscript p").first.is_visible()
    help_card = page.get_by_role("region", name="Someone to talk to")
    assert help_card.get_by_role("link").first.get_attribute("href") == "tel:999"
    context.close()


def test_a_large_site_asks_for_parts_and_never_for_those_of_a_crisis(
    browser: Browser, address: str, real: Built
) -> None:
    """A word makes the browser ask for the part of its first letters; words of a crisis make it ask for nothing."""
    documents = corpus(30, length=50)
    card = ("Talk to someone.", ("emergency",), ("bababa zozo",), ())
    made = made_index(documents, Vocabulary((), (card,), 1), 4_500)
    assert made.parts
    with opened_with(browser, address, real, made) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page.locator("input").fill("bababa zozo")
        page.get_by_role("region", name="Help now").wait_for()
        # Chromium requests the icon of the page whenever it likes.
        assert [path for path in asked if path != "/icon.svg"] == [made.main.permalink]
        search(page, documents[3].title.split()[0])
        main, part = (path for path in asked if path != "/icon.svg")
        assert main == made.main.permalink
        assert part in {part.permalink for part in made.parts}


@pytest.mark.deep
@pytest.mark.alone
@pytest.mark.parametrize("limit", [200_000, 45_000])
def test_a_thousand_articles_answer_at_once(browser: Browser, address: str, real: Built, limit: int) -> None:
    """With a thousand articles results stand within 100 milliseconds of a key, whether or not the index is in parts."""
    documents = corpus(1_000, length=200)
    with opened_with(browser, address, real, made_index(documents, Vocabulary(), limit)) as page:
        first = documents[500].title.split()
        search(page, first[0])
        took = times_of(page, " ".join(first[:2]))
    assert took[len(took) // 2] < 100, took
