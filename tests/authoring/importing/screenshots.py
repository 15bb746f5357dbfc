"""Take the screenshots of the import report: ``.venv/bin/python -m tests.authoring.importing.screenshots``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from plugins.authoring.importing.command import FOLDER as IMPORT
from tests.authoring.handbook.screenshot_files import FOLDER, save_screenshot
from tests.authoring.importing.exports import HOME, Post, write_export
from tests.authoring.importing.world import bring, new_content
from tests.provisioning.browser import LAUNCH_FLAGS, chromium

#: Not twice as wide as high, so that the words can be read in the column of a chapter.
_SIZE = {"width": 960, "height": 720}
_STORY = "I was nineteen when I had my first drink. I did not know myself. I lost my job, and I felt alone. "
_POSTS = (
    Post(1, "A new start", _STORY * 3, slug="a-new-start", author="sam", categories=("Our journeys",)),
    Post(2, "Opening hours", "Call 01632 960123 before you come.", slug="opening-hours", categories=("News",)),
    Post(3, "The garden", f'<img src="{HOME}/wp-content/uploads/herbs.jpg" alt="A bed of herbs">', slug="the-garden"),
    Post(4, "Tea on Tuesdays", 'Come as you are. [contact-form-7 id="12"]', slug="tea-on-tuesdays", comments=3),
    Post(5, "Minutes", "Not for everybody.", slug="minutes", status="private"),
)


def report_of_sample(folder: Path) -> Path:
    """Import a few posts into a new content folder below ``folder``, and return the report."""
    content = new_content(folder / "content")
    bring(content, write_export(folder / "export.xml", _POSTS, authors={"jo": "Editorial team", "sam": "Sam Example"}))
    return folder / IMPORT / "report.html"


def taken(page: Page, report: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each screenshot, and what it holds, as PNG."""
    page.goto(report.as_uri())
    yield "report", page.screenshot()
    page.get_by_role("heading", name="Decide or mend").evaluate("heading => scrollTo(0, heading.offsetTop - 24)")
    yield "decide", page.screenshot()


def take(to: Path = FOLDER) -> None:
    """Write the screenshots into the folder ``to``."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(LAUNCH_FLAGS))
        page = browser.new_page(viewport=_SIZE)  # type: ignore[arg-type]
        for name, data in taken(page, report_of_sample(Path(folder))):
            save_screenshot(to, name, data)
        browser.close()


if __name__ == "__main__":
    take()
