"""The search page, in a browser that enforces its policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from plugins.search.index import index
from tests.search.corpus import corpus
from tests.sites.building import Built

_PHONE = ViewportSize(width=360, height=740)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The search page of the site itself on a phone; whatever it complains of is a failure."""
    context = browser.new_context(viewport=_PHONE)
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
    page.locator("input").fill(words)
    page.locator(".search-box__status", has_text="ound").wait_for()
    return page.locator(".search-box__results a").all_inner_texts()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sleep", "Sleep in early recovery"),
        ("SLEE", "Sleep in early recovery"),
        ("cravings", "How cravings pass"),
        ("carvings", "How cravings pass"),
        ("residental", "Residential or day treatment: how to choose"),
        ("how do I stop drinking?", "What changes when you stop"),
        ("get help", "Get help now"),
    ],
)
def test_what_a_reader_looks_for_comes_first(page: Page, words: str, first: str) -> None:
    """Whole words, their beginnings, slips of one letter and whole questions lead to the page that is meant."""
    assert search(page, words)[0] == first


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
    for words in ("sleep", "relapse", "sleep again"):
        search(page, words)
    page.locator("input").press("Enter")
    assert [url.startswith(f"{address}/search/index-") for url in asked if "icon" not in url] == [True]
    assert page.url == f"{address}/search/"


def test_a_search_in_the_address(page: Page, address: str) -> None:
    """A link may bring a search with it."""
    page.goto(f"{address}/search/?q=sleep")
    page.locator(".search-box__results a").first.wait_for()
    assert page.locator("input").input_value() == "sleep"


def test_without_scripts_every_page_is_there(browser: Browser, address: str) -> None:
    """Without JavaScript the field is gone and every page is listed, inside the search element."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search/")
    assert not page.locator("input").is_visible()
    assert page.locator("search a", has_text="Sober summers").is_visible()
    assert page.locator("noscript p").is_visible()
    context.close()


@pytest.mark.parametrize("limit", [60_000, 1_000])
def test_a_thousand_articles_answer_at_once(browser: Browser, address: str, real: Built, limit: int) -> None:
    """With a thousand articles results stand within 100 milliseconds of a key, whether or not the index is in parts."""
    documents = corpus(1_000)
    made = index(documents, limit=limit)
    files = {f"{address}{file.permalink}": file.data for file in (made.main, *made.parts)}
    context = browser.new_context(viewport=_PHONE)
    page = context.new_page()
    old = real.page("/search/").select_one("search")
    assert old is not None
    html = real.text("search/index.html").replace(str(old["data-index"]), made.main.permalink)
    page.route(f"{address}/search/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.route(
        lambda url: url in files,
        lambda route: route.fulfill(body=files[route.request.url], content_type="text/javascript"),
    )
    page.goto(f"{address}/search/")
    first = documents[500].title.split()
    search(page, first[0])
    took = page.evaluate(
        """async (words) => {
            const field = document.querySelector("input"), times = [];
            for (let length = 1; length <= words.length; length += 1) {
                field.value = words.slice(0, length);
                const shown = new Promise((resolve) => new MutationObserver(resolve)
                    .observe(document.querySelector(".search-box__results"), { childList: true }));
                const start = performance.now();
                field.dispatchEvent(new Event("input"));
                await shown;
                times.push(performance.now() - start);
            }
            return times.sort((a, b) => a - b);
        }""",
        " ".join(first[:2]),
    )
    assert took[len(took) // 2] < 100, took
    context.close()
