"""Test that any valid content folder builds, in any place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites.building import SITES, Built, build_here, run, snapshot

#: The pages of a site without entries.
EVERY_SITE = [
    "404.html",
    "articles/index.html",
    "charter/index.html",
    "commitments/index.html",
    "help/index.html",
    "index.html",
    "people/index.html",
    "privacy-receipt/index.html",
    "search/index.html",
    "stories/index.html",
    "subscribe/index.html",
    "topics/index.html",
]

#: Files named by a hash of their content, which contains the site's path prefix.
_NAMED_BY_CONTENT = ("theme/", "search/index-")


def test_an_empty_folder_builds(empty: Built) -> None:
    """An empty folder gives the pages that every site has, each with text."""
    assert empty.html_files() == EVERY_SITE
    for path in EVERY_SITE:
        main = empty.page(f"/{path}").find("main")
        assert main is not None
        assert len(main.get_text().split()) > 3, path


def test_registers_give_a_help_page(registers_only: Built) -> None:
    """The help page lists every contact of the register when the content has no help page."""
    assert registers_only.html_files() == EVERY_SITE
    page = registers_only.page("/help/")
    assert len(page.select(".help-contact")) == 6
    assert page.select_one('main a[href="tel:116123"]')
    assert page.select_one('main a[href="sms:85258?body=SHOUT"]')


def test_one_article_builds(minimal: Built) -> None:
    """One article and its author give their pages, a card on the home page and feeds."""
    assert set(minimal.html_files()) == {*EVERY_SITE, "articles/hello/index.html", "people/editor/index.html"}
    assert minimal.page("/").select_one('a[href="/articles/hello/"]')


def test_the_working_directory_does_not_matter(tmp_path: Path, minimal: Built) -> None:
    """The working directory does not change the output, even with relative paths."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(SITES / "minimal", Path("../output"), cwd=elsewhere)
    assert done.status == 0, done.stderr
    assert snapshot(tmp_path / "output") == snapshot(minimal.output)
    assert list(elsewhere.iterdir()) == []


def test_the_path_of_the_content_does_not_matter(tmp_path: Path, full: Built) -> None:
    """The name and place of the content folder do not change the output."""
    copy = tmp_path / "some texts"
    for path, data in snapshot(SITES / "full").items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(data)
    done = run(copy, tmp_path / "a site")
    assert done.status == 0, done.stderr
    assert snapshot(tmp_path / "a site") == snapshot(full.output)


def test_a_path_prefix_is_in_every_address(below: Built, full: Built) -> None:
    """A site below a path of its host has the same files, and absolute addresses contain host and path."""
    names = {path for path in full.files() if not path.startswith(_NAMED_BY_CONTENT)}
    assert {path for path in below.files() if not path.startswith(_NAMED_BY_CONTENT)} == names
    for path in below.html_files():
        assert "http://localhost" not in below.text(path)
        assert 'href="/articles/' not in below.text(path)
    assert below.addresses().redirects["/a/community/blog/everything"] == "/a/community/articles/everything/"


def test_long_lists_have_several_pages(tmp_path: Path) -> None:
    """A long list continues on a second page with its own title and links in both directions."""
    built = build_here(SITES / "full", tmp_path / "output", PAGE_SIZE=2)
    first, second = built.page("/articles/"), built.page("/articles/page/2/")
    assert len(first.select(".article-card")) == 2
    assert len(second.select(".article-card")) == 2
    assert second.title
    assert "page 2" in second.title.get_text()
    assert first.select_one('a[rel="next"][href="/articles/page/2/"]')
    assert second.select_one('a[rel="prev"][href="/articles/"]')
    assert second.select_one('nav [aria-current="page"]')


def test_a_first_page_has_what_is_left_over(tmp_path: Path) -> None:
    """Four articles are one page where a page has three, because pages count from the oldest."""
    built = build_here(SITES / "full", tmp_path / "output", PAGE_SIZE=3)
    assert len(built.page("/articles/").select(".article-card")) == 4
    assert not built.has("/articles/page/2/")


@pytest.mark.parametrize("page_size", [1, 2])
def test_pagination_loses_no_entry(tmp_path: Path, page_size: int, full: Built) -> None:
    """A list of pages of any size shows every entry once, in the same order."""
    built = build_here(SITES / "full", tmp_path / "output", PAGE_SIZE=page_size)
    for section in ("articles", "stories", "topics/families", "people/editor"):
        whole = [str(link["href"]) for link in full.page(f"/{section}/").select("main .article-card :is(h2, h3) a")]
        cut: list[str] = []
        number = 1
        while built.has(address := f"/{section}/" if number == 1 else f"/{section}/page/{number}/"):
            cut += [str(link["href"]) for link in built.page(address).select("main .article-card :is(h2, h3) a")]
            number += 1
        assert cut == whole, section
        assert len(whole) > 1
