"""Test the sample page in Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.site.test_in_a_browser import page
from tests.site_content.test_sample_page import SAMPLE

__all__ = ["page"]


def test_the_elements_of_the_sample_page_are_visible(
    page: Page,
    address: str,
) -> None:
    """Title, sections, questions, quote, commitments, the contact line and recent articles are visible."""
    page.goto(address + SAMPLE)
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Building a recovery community")
    expect(main.get_by_role("heading", level=2, name="Why other people help")).to_be_visible()
    questions = main.get_by_role("region", name="Questions to ask yourself")
    expect(questions.get_by_role("listitem").first).to_be_visible()
    expect(main.locator("figure.quote blockquote")).to_be_visible()
    expect(main.locator("figure.quote figcaption")).to_be_visible()
    expect(main.locator(".commitment-list .commitment-card")).to_have_count(4)
    expect(main.get_by_role("link", name="020 8191 9191").first).to_be_visible()
    recent = main.get_by_role("region", name="Recent articles")
    expect(recent.get_by_role("article")).to_have_count(3)
    for card in recent.get_by_role("article").all():
        title = card.get_by_role("heading", level=3).inner_text()
        expect(card.get_by_role("img")).to_be_visible()
        expect(card.get_by_role("link", name=re.compile(rf"^Read more ?: {re.escape(title)}$"))).to_be_visible()
