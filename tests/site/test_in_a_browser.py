"""Test pages in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site_audit.faults import ARTICLE
from tests.sites.building import SITES, Built, build_here
from tests.sites.serving import served

_CONTRAST = """
(colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
"""
#: Loads pages into frames, four at a time, and returns those that are wider than a window of one of the widths.
_WIDER = """
async ([paths, widths]) => {
    const wider = [];
    const look = async () => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        frame.style.cssText = "border: 0; height: 800px";
        for (let path; (path = paths.shift()) !== undefined;) {
            await new Promise((done) => { frame.onload = done; frame.src = `/${path}`; });
            await frame.contentDocument.fonts.ready;
            for (const width of widths) {
                frame.style.width = `${width}px`;
                const shown = frame.contentDocument.documentElement.scrollWidth;
                if (shown !== width) wider.push(`${path} is ${shown} wide in a window of ${width}`);
            }
        }
    };
    await Promise.all([look(), look(), look(), look()]);
    return wider;
}
"""


def wider(browser: Browser, address: str, site: Built, *widths: int) -> list[str]:
    """Return the pages of ``site``, served at ``address``, that are wider than a window of one of ``widths``."""
    page = browser.new_page()
    page.route(f"{address}/frames", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(f"{address}/frames")
    found: list[str] = page.evaluate(_WIDER, [site.html_files(), list(widths)])
    page.close()
    return found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page without scripts in a new browser context. A request to another host fails the test."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    failed: list[str] = []
    opened.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    yield opened
    context.close()
    assert all(url.startswith("http://127.0.0.1:") for url in asked), asked
    assert not [url for url in failed if "nowhere" not in url]


def test_an_e_mail_address_is_a_link(page: Page, full_address: str) -> None:
    """The e-mail address of the organisation's contact is a link in the contact line."""
    page.goto(full_address + "/articles/everything/")
    link = page.locator("main .get-in-touch").get_by_role("link", name="hello@community.example")
    expect(link).to_have_attribute("href", "mailto:hello@community.example")


def test_the_skip_link_works(page: Page, address: str) -> None:
    """The first Tab shows the skip link, and Enter moves the focus to the main element."""
    page.goto(address + ARTICLE)
    link = page.get_by_role("link", name="Skip to the content")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


def test_the_focus_is_visible(browser: Browser, address: str) -> None:
    """Every element that Tab reaches on the sample page is visible and has an outline while it has the focus."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + ARTICLE)
    count = page.locator("a[href], [tabindex='0']").count()
    seen = set()
    for _ in range(count):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const element = document.activeElement;
                const style = getComputedStyle(element);
                const box = element.getBoundingClientRect();
                return {
                    text: element.textContent.trim().slice(0, 40),
                    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight,
                };
            }"""
        )
        assert found["outline"], f"{found['text']} shows no focus"
        assert found["seen"], f"{found['text']} is out of sight"
        seen.add(found["text"])
    assert len(seen) > 20
    context.close()


@pytest.mark.parametrize(
    ("site", "at"), [pytest.param("real", "address", marks=pytest.mark.deep), ("full", "full_address")]
)
def test_no_page_scrolls_sideways(browser: Browser, site: str, at: str, request: pytest.FixtureRequest) -> None:
    """No page is wider than the window, from narrow phones to wide screens, whatever blocks it contains."""
    address: str = request.getfixturevalue(at)
    assert wider(browser, address, request.getfixturevalue(site), 320, 360, 768, 1280) == []


def test_long_words_break(browser: Browser, tmp_path: Path) -> None:
    """A place name longer than a line breaks, also in rows of links and in lists."""
    case = SITES / "cases" / "long-place-name"
    for part in (case.parent / "base", case / "content"):
        shutil.copytree(part, tmp_path / "content", dirs_exist_ok=True)
    built = build_here(tmp_path / "content", tmp_path / "output")
    with served(built.output) as address:
        assert wider(browser, address, built, 320) == []


def test_the_font_is_shown_from_the_second_page_on(browser: Browser, address: str) -> None:
    """The first page keeps the font that it began with; the next one takes ours from the browser's cache."""
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    page.goto(address + "/people/")
    page.wait_for_load_state("networkidle")
    page.goto(address + ARTICLE)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    heading = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    page.close()
    assert [font["familyName"] for font in fonts] == ["Community Serif"]


@pytest.mark.parametrize("path", ["/subscribe/", "/stories/pathway/day-programme/"])
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, path: str) -> None:
    """Neither a late font nor a script that adds a button moves the page."""
    page = browser.new_page(viewport={"width": 412, "height": 823})
    page.add_init_script(
        """window.moved = [];
        new PerformanceObserver((list) => {
            for (const shift of list.getEntries()) window.moved.push(shift.value);
        }).observe({ type: "layout-shift", buffered: true });"""
    )

    def late(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/*.woff2", late)
    page.goto(address + path)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    moved = page.evaluate("window.moved")
    page.close()
    assert moved == []


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_light_and_dark(browser: Browser, address: str, scheme: str, dark: bool) -> None:
    """The page follows the reader's colour scheme."""
    context = browser.new_context(color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(address + ARTICLE)
    ground = page.evaluate(f"({_CONTRAST})(getComputedStyle(document.body).backgroundColor)")
    words = page.evaluate(f"({_CONTRAST})(getComputedStyle(document.querySelector('.prose p')).color)")
    assert (ground < 80, words > 160) == (dark, dark), f"{scheme}: {ground} {words}"
    assert (ground > 200, words < 100) == (not dark, not dark), f"{scheme}: {ground} {words}"
    context.close()


def test_a_wrong_address_gives_the_404_page(page: Page, address: str) -> None:
    """The page for a wrong address has the status 404 and links to the home page and to help."""
    response = page.goto(f"{address}/nowhere/")
    assert response is not None
    assert response.status == 404
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_be_visible()
    assert main.get_by_role("link").count() > 1


@pytest.mark.parametrize(
    "alias", ["/blog/2021/09/building-a-recovery-community/", "/blog/building-a-recovery-community"]
)
def test_an_old_address_redirects_without_scripts(page: Page, address: str, alias: str) -> None:
    """An old address redirects to the article without a script."""
    page.goto(address + alias)
    page.wait_for_url(address + ARTICLE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Building a recovery community")


def test_printed_pages_have_no_navigation(browser: Browser, address: str) -> None:
    """A printed page has no navigation and dark text on white."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + ARTICLE)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    words = page.evaluate(f"({_CONTRAST})(getComputedStyle(document.querySelector('.prose p')).color)")
    assert words < 60
    context.close()
