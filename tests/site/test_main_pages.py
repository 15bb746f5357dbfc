"""The five main pages open in Chromium, in the first tier too, where the machine has one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser


@pytest.fixture
def installed(browser_if_any: Browser | None) -> Browser:
    """Chromium, where it is installed; the first tier installs none."""
    return browser_if_any or pytest.skip("no Chromium is installed; inv test --real installs it where it may")


@pytest.mark.parametrize("page", ["/", "/help/", "/articles/", "/stories/", "/subscribe/"])
def test_a_main_page_opens_without_an_error(installed: Browser, address: str, page: str) -> None:
    """The page has its heading, fits a phone's width, asks no other host, and its policy blocks nothing."""
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
