"""The pages of letters, on real sites: what stands there for readers whose browser runs no scripts."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from plugins.authoring.new.naming import slug_of
from plugins.content_model.article import Article
from plugins.engine.incremental.command import run_build
from plugins.engine.incremental.options import BuildOptions
from tests.search.corpus import long_titles
from tests.site_audit.rules import PAGE_BYTES, TARGET
from tests.sites.building import AS_OF, CONTENT, SITES, Built, build_here, snapshot
from tests.sites.serving import served
from tests.sites.writing import fields, text, write

#: What titles may begin with, and what must not be taken for markup or for a part of an address.
HOSTILE = (
    "Ωmega", "ώra", "سلام", "中文", "文字", "🙂 smile", "🙂", "42", "½ pint", "“Quoted”", "(a) b", "../up", "./",
    "<b>bold</b>", "&amp;", "?q=1", "#part", "%2e%2e", "İstanbul", "ıgdır", "ßa", "ﬁne", "ǆ", "Éclair", "e\u0301t", "_",
    "Page", "page", "other", "0-9", "index", "K", "\u212a", "a" * 200, "u0391",
)  # fmt: skip


#: Links that are no part of the list from A to Z.
_NOT_LISTED = ".breadcrumb a, .search-box__always a, .search-box__topics a, [data-contact] a"


def site_of(folder: Path, titles: list[str]) -> Path:
    """Write a content folder with an article of each of ``titles``."""
    files = {f"articles/entry-{number}/index.md": _article(number, title) for number, title in enumerate(titles)}
    return write(folder, {**_people(), **files})


def _people() -> dict[str, bytes]:
    return {path: data for path, data in snapshot(SITES / "minimal").items() if path.startswith("people/")}


def _article(number: int, title: str) -> str:
    return text(fields(Article, f"entry-{number}", title=title))


def listed(site: Built) -> Counter[str]:
    """How often each address is listed on the pages that lead on from the search page, letters and pages apart."""
    found: Counter[str] = Counter()
    waiting, seen = ["/search/"], {"/search/"}
    while waiting:
        main = site.page(waiting.pop()).find("main")
        assert main is not None
        for link in main.select(f"a[href]:not({_NOT_LISTED})"):
            href = str(link["href"]).removeprefix(site.root)
            if not href.startswith("/search/"):
                found[href] += 1
            elif href not in seen:
                seen.add(href)
                waiting.append(href)
    assert seen == {f"/{path.removesuffix('index.html')}" for path in pages(site)}
    return found


def pages(site: Built) -> list[str]:
    """The files of the search page and of the pages of letters."""
    return [path for path in site.html_files() if path.startswith("search/")]


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of ``sites/full`` with pages of letters, as small as they can be."""
    return build_here(SITES / "full", tmp_path_factory.mktemp("cut") / "output", SEARCH_LIST_LIMIT=1)


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the site itself is served, with pages of letters."""
    site = build_here(CONTENT, tmp_path_factory.mktemp("lettered") / "output", SEARCH_LIST_LIMIT=5)
    with served(site.output) as address:
        yield address


def test_a_list_within_the_limit_is_one_page(full: Built, tmp_path: Path) -> None:
    """A list as long as the limit changes no byte of any page; one link more gives its letters pages of their own."""
    count = listed(full).total()
    within = build_here(SITES / "full", tmp_path / "within", SEARCH_LIST_LIMIT=count)
    assert snapshot(within.output) == snapshot(full.output)
    beyond = build_here(SITES / "full", tmp_path / "beyond", SEARCH_LIST_LIMIT=count - 1)
    assert pages(full) == ["search/index.html"]
    assert len(pages(beyond)) == len(full.page("/search/").select("search h3")) + 1
    changed = {path for path, data in snapshot(beyond.output).items() if data != snapshot(full.output).get(path)}
    told = {"privacy-receipt.json", "privacy-receipt/index.html"}
    assert changed == {*pages(beyond), *told}


def test_a_long_list_loses_nothing(cut: Built, full: Built) -> None:
    """On pages of letters stands what stood on the search page, each once; what no search may find is not there."""
    assert listed(cut) == listed(full)
    assert set(listed(cut).values()) == {1}
    assert "/stories/web-only/" not in listed(cut)


def test_a_long_list_below_a_path(tmp_path: Path, full: Built) -> None:
    """Below a path of its host, every address of a page of a letter carries that path."""
    below = build_here(SITES / "full", tmp_path / "output", url="https://example.org/a/b", SEARCH_LIST_LIMIT=3)
    assert listed(below) == listed(full)
    for path in pages(below):
        hrefs = [str(link["href"]) for link in below.page(f"/{path}").select("main a[href^='/']")]
        assert [href for href in hrefs if not href.startswith("/a/b/")] == []


def test_the_letters_say_how_many_pages_they_have(cut: Built, full: Built) -> None:
    """The search page has a link for each letter, in words that a screen reader reads whole, with its pages."""
    counts = {
        heading.get_text(): len(heading.find_next("ul").find_all("a"))  # type: ignore[union-attr]
        for heading in full.page("/search/").select("search h3")
    }
    links = cut.page("/search/").select("search .letter-list a")
    said = {letter: f"{letter} {count} page" + ("s" if count > 1 else "") for letter, count in counts.items()}
    assert [" ".join(link.get_text().split()) for link in links] == list(said.values())


def test_a_page_of_a_letter_says_what_it_is(cut: Built) -> None:
    """It has a title of its own, a trail, the way to every letter, and is kept from search engines; no script."""
    titles: list[str] = []
    for path in pages(cut):
        page = cut.page(f"/{path}")
        titles.append(page.title.get_text() if page.title else "")
        assert page.select_one('meta[name="robots"][content*="noindex"]'), path
        assert path.removesuffix("index.html") not in cut.text("sitemap.xml")
        if path == "search/index.html":
            continue
        trail = [str(link["href"]) for link in page.select("nav.breadcrumb a")]
        letter = "/" + "/".join(path.split("/")[:2]) + "/"
        assert trail == ["/", "/search/", *([letter] if "/page/" in path else [])], path
        assert not page.select("script[src]"), path
        links = page.select(".letter-list a")
        assert len(links) == len(cut.page("/search/").select("search .letter-list a"))
        assert [link["href"] for link in links if link.has_attr("aria-current")] == [letter]
    assert len(set(titles)) == len(titles)
    assert any(re.match(r"Pages that begin with A, page 2\b", title) for title in titles)


def test_titles_of_any_script_have_pages(tmp_path: Path) -> None:
    """Titles that begin with any sign have pages at addresses of plain letters and digits, each title once."""
    built = build_here(site_of(tmp_path / "content", list(HOSTILE)), tmp_path / "output", SEARCH_LIST_LIMIT=2)
    found = listed(built)
    assert set(found.values()) == {1}
    assert {f"/articles/entry-{number}/" for number in range(len(HOSTILE))} <= set(found)
    folders = {path.split("/")[1] for path in pages(built)} - {"index.html"}
    assert all(re.fullmatch(r"[a-z]|0-9|u[0-9a-f]{4,6}(-[0-9a-f]{4,6})*", folder) for folder in folders), folders
    assert {"0-9", "a", "e", "i", "k", "u03a9", "u0633", "u4e2d", "u6587", "u0053-0053"} <= folders


@pytest.mark.deep
def test_a_thousand_long_titles_keep_to_the_bytes(tmp_path: Path) -> None:
    """With a thousand long titles, every page of a site is within the bytes that it promises, each is listed once."""
    titles = long_titles(1_000)
    addresses = [f"{slug_of(title)}-{number}" for number, title in enumerate(titles)]
    articles = {
        f"articles/{slug}/index.md": text(fields(Article, slug, id=f"entry-id-{number}", title=title))
        for number, (slug, title) in enumerate(zip(addresses, titles, strict=True))
    }
    built = build_here(write(tmp_path / "content", {**_people(), **articles}), tmp_path / "output")
    sizes = {path: len(gzip.compress((built.output / path).read_bytes(), 9)) for path in built.html_files()}
    assert max(sizes.values()) <= PAGE_BYTES, sorted(sizes.items(), key=lambda item: -item[1])[:5]
    found = listed(built)
    assert {f"/articles/{slug}/" for slug in addresses} <= set(found)
    assert set(found.values()) == {1}
    assert max(len(built.page(f"/{path}").select(".search-box__titles a")) for path in pages(built)) == 120


def test_most_letters_stay_as_they_are(tmp_path: Path) -> None:
    """A new title makes the pages of its own letter anew, and the search page; all is as in a build from nothing."""
    content = site_of(tmp_path / "content", ["Apple", "Bread", "Butter", "Cherry"])

    def build(name: str) -> dict[str, bytes]:
        changed = (("SEARCH_LIST_LIMIT", "2"),)
        run_build(
            BuildOptions(str(content), str(tmp_path / name), str(tmp_path / f"{name}-cache"), AS_OF, changed=changed)
        )
        return snapshot(tmp_path / name)

    before = build("kept")
    write(content, {"articles/entry-9/index.md": _article(9, "Bun")})
    after = build("kept")
    assert after == build("anew")
    search = {path for path in after if path.startswith("search/") and path.endswith(".html")}
    assert {path for path in search if after[path] != before.get(path)} == {
        "search/index.html",
        "search/b/index.html",
        "search/b/page/2/index.html",
    }


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = browser.new_context(viewport=ViewportSize(width=360, height=740), java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_reader_without_scripts_finds_a_page(phone: Page, lettered: str) -> None:
    """From the search page, a letter and a title lead to the page, and from a letter there is a way to others."""
    phone.goto(f"{lettered}/search/")
    assert phone.locator("noscript p").first.is_visible()
    phone.get_by_role("link", name=re.compile(r"^B \d+ pages?$")).click()
    phone.get_by_role("navigation", name="Pages by their first letter").get_by_role(
        "link", name="S", exact=True
    ).click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Pages that begin with S"
    phone.get_by_role("link", name="Sober summers").click()
    assert phone.get_by_role("heading", level=1).inner_text() == "Sober summers"


@pytest.mark.parametrize("place", ["/search/", "/search/s/", "/search/s/page/2/"])
def test_fingers_and_keys_reach_every_link(phone: Page, lettered: str, place: str) -> None:
    """Every link among the letters and titles is large enough for a finger, within the screen, and reached by Tab."""
    phone.goto(f"{lettered}{place}")
    links = phone.locator("main :is(.letter-list, .search-box, .pagination) a:visible")
    assert links.count() > 1
    boxes = links.evaluate_all(
        "links => links.map(link => [link.getBoundingClientRect(), link.innerText]).map(([box, text]) =>"
        " ({ text, left: box.left, right: box.right, size: Math.min(box.width, box.height) }))"
    )
    assert [box for box in boxes if box["size"] < TARGET or box["left"] < 0 or box["right"] > 360] == []
    links.first.focus()
    for link in links.all()[1:]:
        phone.keyboard.press("Tab")
        assert link.evaluate("link => link === document.activeElement")


def test_the_search_itself_is_as_it_was(browser: Browser, lettered: str) -> None:
    """With a script, results take the place of the letters, which come back with an empty field."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{lettered}/search/")
    page.locator("input").fill("sleep")
    page.locator(".search-box__status", has_text="found").wait_for()
    assert page.locator(".search-box__results a").first.inner_text() == "Sleep in early recovery"
    assert not page.locator(".letter-list").is_visible()
    page.locator("input").fill("")
    page.locator(".letter-list").wait_for()
    context.close()
