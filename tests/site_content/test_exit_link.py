"""Test the exit link in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.sites.building import Built

_ELSEWHERE = "https://www.bbc.co.uk/weather"
_SAFETY = "/safety/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a browser context in which only the neutral site is reachable."""
    made = browser.new_context(viewport={"width": 360, "height": 740})

    def weather(route: Route) -> None:
        assert "referer" not in route.request.headers
        route.fulfill(body="<title>Weather</title>Rain later", content_type="text/html")

    made.route("https://www.bbc.co.uk/**", weather)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """Yield the safety page, opened from another page of the site."""
    made = context.new_page()
    made.goto(f"{address}/privacy/")
    made.goto(f"{address}{_SAFETY}")
    return made


def press(page: Page, *keys: str) -> str:
    """Press ``keys`` and return what the page says."""
    for key in keys:
        page.keyboard.press(key)
    return page.locator(".exit-link__count").inner_text()


def test_only_some_pages_have_the_exit_link(real: Built) -> None:
    """Few pages have the exit link and its script. No other page has a script."""
    having = {path for path in real.html_files() if real.page(f"/{path}").select("[data-exit]")}
    assert having == {"help/index.html", "safety/index.html", "articles/signs-in-someone-close/index.html"}
    for path in real.html_files():
        scripts = [str(script["src"]) for script in real.page(f"/{path}").select("script[src]")]
        assert len(scripts) == (path in {*having, "404.html", "search/index.html", "subscribe/index.html"}), path


def test_three_times_shift_leaves(page: Page) -> None:
    """The page announces the count. The third press leaves, and Back does not return to the page."""
    assert press(page, "Shift").endswith("press 2 more times to leave this page")
    assert press(page, "Shift").endswith("press 1 more time to leave this page")
    page.keyboard.press("Shift")
    page.wait_for_url(_ELSEWHERE)
    page.go_back()
    assert page.url.endswith("/privacy/")


def test_another_key_resets_the_count(page: Page) -> None:
    """Any other key, also Escape or a capital letter, resets the count and announces nothing."""
    for key in ("a", "Escape", "Shift+A", "Shift+Tab"):
        assert press(page, "Shift", key) == ""
        assert page.url.endswith(_SAFETY)
    assert "2 more" in press(page, "Shift")


def test_five_seconds_reset_the_count(context: BrowserContext, address: str) -> None:
    """Five seconds without a press reset the count, and the page announces it."""
    page = context.new_page()
    page.clock.install()
    page.goto(f"{address}{_SAFETY}")
    press(page, "Shift", "Shift")
    page.clock.fast_forward(4_000)
    assert "1 more" in page.locator(".exit-link__count").inner_text()
    page.clock.fast_forward(1_100)
    assert page.locator(".exit-link__count").inner_text() == "Staying on this page"
    assert "2 more" in press(page, "Shift")


@pytest.mark.parametrize("which", [0, 1])
def test_the_page_is_hidden_while_the_next_one_loads(context: BrowserContext, address: str, which: int) -> None:
    """Either link hides the page at once, even when the other site does not answer."""
    page = context.new_page()
    context.unroute("https://www.bbc.co.uk/**")
    context.route("https://www.bbc.co.uk/**", lambda route: route.abort())
    page.goto(f"{address}{_SAFETY}")
    left = page.locator("[data-exit]").nth(which).evaluate("(link) => (link.click(), document.body.innerText.trim())")
    assert left == "Loading"


def test_without_scripts_it_is_a_link(browser: Browser, address: str, real: Built) -> None:
    """Without JavaScript the links open the other site in the same tab without a referrer."""
    for link in real.page(_SAFETY).select("[data-exit]"):
        assert link["href"] == _ELSEWHERE
        assert set(link["rel"]) == {"nofollow", "noreferrer"}
        assert not link.has_attr("target")
    context = browser.new_context(java_script_enabled=False)
    context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Rain later"))
    page = context.new_page()
    page.goto(f"{address}{_SAFETY}")
    page.locator(".exit-link a").click()
    page.wait_for_url(_ELSEWHERE)
    context.close()


def test_the_exit_link_is_second_and_not_printed(page: Page) -> None:
    """The exit link is the second focusable element, stays visible on scrolling, and is not printed."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hasAttribute('data-exit')")
    page.mouse.wheel(0, 1_500)
    assert page.locator(".exit-link a").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".exit-link a").is_visible()


def test_the_exit_link_scrolls_on_short_screens(context: BrowserContext, address: str) -> None:
    """On a short screen the exit link scrolls with the page."""
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 300})
    page.goto(f"{address}{_SAFETY}")
    assert page.evaluate("getComputedStyle(document.querySelector('.exit-link')).position") == "relative"
