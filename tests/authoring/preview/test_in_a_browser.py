"""Test the live preview in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.authoring.preview.live import Live, preview
from tests.sites.building import CONTENT

ARTICLE = "articles/a-day-in-day-treatment"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site's content with a draft."""
    folder = shutil.copytree(CONTENT, tmp_path_factory.mktemp("browser") / "content")
    draft = folder / "articles/work-and-addiction/index.md"
    draft.write_text(draft.read_text(encoding="utf-8").replace("status: published", "status: draft"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def live(content: Path) -> Iterator[Live]:
    """Yield a preview of it."""
    with preview(content) as running:
        yield running


@pytest.fixture
def page(browser: Browser, live: Live) -> Iterator[Page]:
    """Return the article, open on a phone with the dark scheme."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme="dark")
    opened = context.new_page()
    opened.goto(f"{live.address}/{ARTICLE}/")
    yield opened
    context.close()


def test_a_save_and_a_mistake_show(page: Page, content: Path) -> None:
    """A save refreshes the page at its scroll position. A mistake is shown over the page until it is corrected."""
    file = content / ARTICLE / "index.md"
    text = file.read_text(encoding="utf-8")
    alert = page.get_by_role("alert")
    page.evaluate("scrollTo(0, 900)")
    page.evaluate("document.querySelector('main').focus({ preventScroll: true })")

    file.write_text(f"{text}\nSaved in front of your eyes.\n", encoding="utf-8")
    expect(page.get_by_text("Saved in front of your eyes.")).to_be_attached()
    page.wait_for_function("scrollY > 800 && scrollY < 1000")

    page.evaluate("document.querySelector('main').focus({ preventScroll: true })")
    file.write_text(text.replace("title: A", "title: Broken: A", 1), encoding="utf-8")
    expect(alert.get_by_text("1 problem to mend")).to_be_visible()
    expect(alert).to_contain_text(f"{ARTICLE}/index.md, line 3, column 14")
    expect(alert).to_contain_text("title: Broken: A day in day treatment")
    expect(alert).to_contain_text("Mend: put the text in double quotes")
    assert page.evaluate("document.activeElement.id") == "content"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_text("Saved in front of your eyes.")).to_be_attached()

    alert.get_by_role("button", name="Hide").click()
    expect(alert.get_by_text("Mend:")).to_be_hidden()
    alert.get_by_role("button", name="Show").click()
    expect(alert.get_by_text("Mend:")).to_be_visible()

    file.write_text(text, encoding="utf-8")
    expect(alert.get_by_text("1 problem to mend")).to_be_hidden()
    expect(page.get_by_text("Saved in front of your eyes.")).not_to_be_attached()


def test_drafts_are_marked(page: Page, live: Live) -> None:
    """A draft's page and each card of it have a mark, and published entries have none."""
    page.goto(f"{live.address}/articles/work-and-addiction/")
    expect(page.get_by_role("note").filter(has_text="Draft. Readers do not see this page yet.")).to_be_visible()
    page.goto(f"{live.address}/articles/")
    expect(page.locator(".preview-mark")).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("Work and addiction.*Draft"))).to_be_visible()


def test_the_script_has_no_errors_and_no_storage(page: Page, live: Live) -> None:
    """The script runs on every kind of page without an error, and stores nothing in the browser."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for address in ("/", "/articles/", "/stories/", "/help/", "/charter/", "/subscribe/"):
        page.goto(f"{live.address}{address}")
        page.wait_for_selector("preview-overlay", state="attached")
    assert errors == []
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
