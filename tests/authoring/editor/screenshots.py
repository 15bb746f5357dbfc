"""Take the screenshots of the editor for the handbook: ``.venv/bin/python -m tests.authoring.editor.screenshots``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.authoring.editor.running_editor import Running, copied, forget, writing
from tests.authoring.handbook.screenshot_files import FOLDER, save_screenshot
from tests.provisioning.browser import LAUNCH_FLAGS, chromium
from tests.sites.building import CONTENT

ARTICLE = "articles/sober-summers/index.md"
#: Wide enough for the page beside the text.
_SIZE = {"width": 1200, "height": 760}
_PATIENCE = 120_000


def taken(page: Page, running: Running) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each screenshot, and what it holds, as PNG."""
    page.goto(running.first)
    yield "start", page.screenshot()
    page.goto(running.edit(ARTICLE))
    page.wait_for_selector(".ProseMirror", timeout=_PATIENCE)
    page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')", timeout=_PATIENCE)
    page.frame_locator("iframe").locator("main").wait_for(timeout=_PATIENCE)
    page.click(".ProseMirror p >> nth=0")
    page.keyboard.press("Home")
    page.keyboard.type("Recieve ")
    page.wait_for_selector(".slip", timeout=_PATIENCE)
    page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')", timeout=_PATIENCE)
    page.evaluate("document.querySelector('.text').scrollIntoView(); scrollBy(0, -110)")
    yield "write", page.screenshot()
    page.locator("[data-crops]").first.scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 60)")
    yield "picture", page.screenshot()
    page.evaluate("scrollTo(0, 0)")
    page.click("[data-unsaved] [data-do=discard]")
    page.wait_for_selector(".ProseMirror", timeout=_PATIENCE)
    page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')", timeout=_PATIENCE)
    page.fill("#f-title", "Sober summers, sober winters")
    page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')", timeout=_PATIENCE)
    page.click("[data-open=publish]")
    page.wait_for_selector("[data-change-words]:not(:empty)", timeout=_PATIENCE)
    yield "publish", page.screenshot()


def take(names: Sequence[str] = (), to: Path = FOLDER) -> None:
    """Write the screenshots into the folder ``to``, all of them or those in ``names``."""
    to.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        content = copied(CONTENT, Path(folder) / "content")
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(LAUNCH_FLAGS))
        with writing(content) as running:
            page = browser.new_page(viewport=_SIZE)  # type: ignore[arg-type]
            for name, data in taken(page, running):
                if not names or name in names:
                    save_screenshot(to, name, data)
        browser.close()
        forget(content)


if __name__ == "__main__":
    take()
