"""Timing: the search page with any index, and how long it takes from a key to its results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize

from plugins.search.index import SearchIndex
from tests.sites.building import Built

PHONE = ViewportSize(width=360, height=740)

_TYPED = """
async (words) => {
    const field = document.querySelector("input"), times = [];
    for (let length = 1; length <= words.length; length += 1) {
        field.value = words.slice(0, length);
        const shown = new Promise((resolve) => new MutationObserver(resolve)
            .observe(document.querySelector(".search-box__results"), { attributes: true, childList: true }));
        const start = performance.now();
        field.dispatchEvent(new Event("input"));
        await shown;
        times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b);
}
"""


def times_of(page: Page, words: str) -> list[float]:
    """Type ``words`` letter by letter, and return the milliseconds from each letter to its results, the least first."""
    found: list[float] = page.evaluate(_TYPED, words)
    return found


@contextmanager
def opened_with(browser: Browser, address: str, site: Built, made: SearchIndex) -> Iterator[Page]:
    """Open the search page of ``site``, served at ``address``, on a phone with another index than its own."""
    files = {f"{address}{file.permalink}": file.data for file in (made.main, *made.parts)}
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    old = site.page("/search/").select_one("search")
    assert old is not None
    html = site.text("search/index.html").replace(str(old["data-index"]), made.main.permalink)
    page.route(f"{address}/search/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.route(
        lambda url: url in files,
        lambda route: route.fulfill(body=files[route.request.url], content_type="text/javascript"),
    )
    page.goto(f"{address}/search/")
    yield page
    context.close()
