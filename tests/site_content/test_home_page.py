"""Test the home page: whom it is for, help tonight, and what stands below."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.sites.building import Built


def test_the_question_comes_before_everything_else(real: Built) -> None:
    """The parts stand in the order of need: whom it is for, help, stories, articles, commitments."""
    headings = [heading.get_text(strip=True) for heading in real.page("/").select("main h2")]
    assert headings == [
        "Who is this for?",
        "If tonight is hard, someone is awake",
        "Stories",
        "Recent articles",
        "What we commit to",
    ]


def test_each_door_leads_somewhere(real: Built, minimal: Built) -> None:
    """Every door leads to a page that exists. A door without its page is left out, and so is a question with one."""
    doors = real.page("/").select(".home-doors a")
    assert [door.find("b").get_text() for door in doors] == ["For me", "For someone else", "I am not sure yet"]  # type: ignore[union-attr]
    assert all(real.has(str(door["href"])) for door in doors)
    # Of the three, this site has the page of one.
    assert minimal.has("/stories/")
    assert minimal.page("/").select(".home-doors") == []


@pytest.mark.parametrize("page", ["/", "/404.html"])
def test_help_is_one_tap_away(page: str, real: Built) -> None:
    """The home page and the page of an unknown address hold the first contacts themselves."""
    links = [str(link["href"]) for link in real.page(page).select(".help-tonight a")]
    assert links == ["tel:999", "tel:116123", "sms:85258?body=SHOUT", "/help/"]


def test_an_unknown_address_can_be_searched_from(real: Built) -> None:
    """The page of an unknown address has the search, without the list of every page."""
    page = real.page("/404.html")
    assert page.select_one("search input[type=search]")
    assert page.select_one('search a[href="/search/"]')
    assert not page.select(".search-box__all :is(h2, ul)")


@pytest.mark.real
def test_the_doors_stand_on_the_first_screen_of_a_phone(browser: Browser, address: str) -> None:
    """On a small phone all doors are in sight before anything moves."""
    page = browser.new_page(viewport={"width": 360, "height": 640})
    try:
        page.goto(f"{address}/")
        doors = page.locator(".home-doors a").all()
        assert len(doors) == 3
        for door in doors:
            box = door.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 640
    finally:
        page.close()
