"""Test the five main pages in Chromium; in the first tier too, where Chromium is installed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser


@pytest.fixture
def installed(browser_if_any: Browser | None) -> Browser:
    """Return Chromium where it is installed. The first tier does not install it."""
    return browser_if_any or pytest.skip("no Chromium is installed; inv test --real installs it where it may")


@pytest.mark.parametrize("page", ["/", "/help/", "/articles/", "/stories/", "/subscribe/"])
def test_a_main_page_opens_without_an_error(installed: Browser, address: str, page: str) -> None:
    """The page has a heading, fits a phone's width, loads nothing from other hosts, and violates no policy."""
    errors: list[str] = []
    asked: list[str] = []
    tab = installed.new_page(viewport={"width": 360, "height": 640})
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address + page)
    assert tab.locator("h1").count() == 1
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.close()
    assert errors == []
    assert all(url.startswith((f"{address}/", "data:")) for url in asked)
