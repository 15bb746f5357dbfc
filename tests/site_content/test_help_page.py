"""The help page: three ways to help at once, then a choice by who and where."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.sites.building import Built


def test_the_first_links_of_the_page_call_and_text(real: Built) -> None:
    """999 comes first, then a line to talk to and one to text, each from the register."""
    main = real.page("/help/").find("main")
    assert main is not None
    links = [str(link["href"]) for link in main.select("a[href]:not([data-exit])")]
    assert links[:3] == ["tel:999", "tel:116123", "sms:85258?body=SHOUT"]


def test_the_choice_leads_to_parts_of_the_page(real: Built) -> None:
    """A reader chooses who it is for or where they live by plain links, and each leads to a heading of that name."""
    page = real.page("/help/")
    links = {link.get_text(strip=True): str(link["href"]) for link in page.select(".help-chooser a")}
    assert {"For me", "For someone else", "I am under 19", "At work"} <= links.keys()
    assert {"England", "Scotland", "Wales", "Northern Ireland"} <= links.keys()
    for label, href in links.items():
        heading = page.select_one(f"h2{href}")
        assert heading is not None
        assert heading.get_text(strip=True) == label


def test_get_help_now_leads_to_the_first_way(real: Built, minimal: Built) -> None:
    """On the help page the button in the header leads to 999; without contacts, to the heading."""
    page = real.page("/help/")
    button = page.select_one("header .help-banner")
    assert button is not None
    assert page.select_one(f"main {button['href']}") is page.select_one('main a[href="tel:999"]')
    elsewhere = real.page("/articles/").select_one("header .help-banner")
    assert elsewhere is not None
    assert elsewhere["href"] == "/help/"
    assert minimal.page("/help/").select_one("h1#help-now")


@pytest.mark.parametrize(("width", "height"), [(360, 640), (320, 568)])
def test_all_three_ways_stand_on_the_first_screen(
    browser_if_any: Browser | None, address: str, width: int, height: int
) -> None:
    """On a small phone the three targets are whole, large and apart without scrolling."""
    browser = browser_if_any or pytest.skip("no Chromium is installed; inv test --real installs it where it may")
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.goto(f"{address}/help/")
    boxes = [target.bounding_box() for target in tab.locator(".help-targets a").all()]
    tab.close()
    assert len(boxes) == 3
    bottom = 0.0
    for box in boxes:
        assert box is not None
        assert box["y"] >= bottom + 8
        assert box["height"] >= 80
        assert box["width"] >= width * 0.85
        bottom = box["y"] + box["height"]
    assert bottom <= height
