"""Test that what was typed survives the end of the editor."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.authoring.editor.running_editor import copied, forget, opened, writing
from tests.sites.building import SITES

pytestmark = pytest.mark.real


def test_a_killed_editor_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    """What was typed before the end stands there again after the start; the file was never touched."""
    content, article = copied(SITES / "minimal", tmp_path / "content"), "articles/hello/index.md"
    before = (content / article).read_bytes()
    with writing(content) as first:
        page = browser.new_context().new_page()
        page.goto(first.first)
        opened(page, first, article)
        page.fill("#f-title", "Summers without a drink")
        page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')")
        os.kill(first.process.pid, signal.SIGKILL)
        page.fill("#f-title", "More")
        page.wait_for_selector("[data-kept]:has-text('does not answer')")
    assert (content / article).read_bytes() == before
    with writing(content) as second:
        page = browser.new_context().new_page()
        page.goto(second.first)
        opened(page, second, article)
        assert page.input_value("#f-title") == "Summers without a drink"
        assert (content / article).read_bytes() == before
    forget(content)
