"""Test that the charter prints on one sheet of A4."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.commitments.test_pages import EVERY, content, promise
from tests.sites.building import build_here
from tests.sites.serving import served


def sheets(browser: Browser, address: str) -> int:
    """Return the number of A4 sheets of the charter at ``address``, with the margins of a home printer."""
    page = browser.new_page()
    try:
        page.goto(f"{address}/charter/")
        margin = {"top": "12mm", "bottom": "12mm", "left": "12mm", "right": "12mm"}
        data = page.pdf(format="A4", margin=margin)  # type: ignore[arg-type]
    finally:
        page.close()
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_charter_fits_one_sheet(browser: Browser, address: str) -> None:
    """The real charter, printed by Chromium, is one page."""
    assert sheets(browser, address) == 1


@pytest.mark.parametrize("count", [1, len(EVERY), 9])
def test_a_longer_charter_fits_too(browser: Browser, count: int, tmp_path: Path) -> None:
    """Up to nine commitments fit, one of them overdue."""
    made = [
        {**promise(EVERY[number % len(EVERY)]), "slug": f"p{number}", "id": f"promise-{number}"}
        for number in range(count)
    ]
    built = build_here(content(tmp_path / "content", *made), tmp_path / "output")
    assert "fits one sheet" in built.text("charter/index.html")
    with served(built.output) as address:
        assert sheets(browser, address) == 1


def test_the_page_does_not_promise_what_cannot_be(tmp_path: Path) -> None:
    """With ten commitments, the page does not say that it fits one sheet."""
    made = [{**promise("kept"), "slug": f"p{number}", "id": f"promise-{number}"} for number in range(10)]
    built = build_here(content(tmp_path / "content", *made), tmp_path / "output")
    assert "fits one sheet" not in built.text("charter/index.html")


def test_the_sheet_shows_all_that_counts(browser: Browser, address: str) -> None:
    """The print has the commitments, expectations, status, owners and contacts. The screen has the text."""
    page = browser.new_page()
    try:
        page.goto(f"{address}/charter/")
        assert not page.locator(".charter-poster__foot").is_visible()
        assert page.locator(".prose").is_visible()
        page.emulate_media(media="print")
        assert page.locator(".charter-poster li .sun").count() == 4
        assert page.locator(".charter-poster li .sun").first.is_visible()
        assert not page.locator(".prose").is_visible()
        assert not page.locator("nav").first.is_visible()
        shown = page.locator(".charter-poster").inner_text()
    finally:
        page.close()
    for part in ("We listen before we advise", "Community lead", "Some progress", "020 8191 9191", "ask for Sammy"):
        assert part in shown
