"""A site is built of any content folder of this shape, from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites.building import SITES, Built, build_here, run, snapshot

#: The pages that every site has, while nobody has written a word.
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

#: Files whose names hold a hash of what is in them, which holds the prefix of the site.
_NAMED_BY_CONTENT = ("theme/", "search/index-")


def test_an_empty_folder_is_a_whole_site(empty: Built) -> None:
    """A folder with nothing in it gives the pages that every site has, each with words of its own."""
    assert empty.html_files() == EVERY_SITE
    for path in EVERY_SITE:
        main = empty.page(f"/{path}").find("main")
        assert main is not None
        assert len(main.get_text().split()) > 3, path


def test_registers_alone_make_a_help_page(registers_only: Built) -> None:
    """Without a page of the author's own, the help page lists every contact of the register."""
    assert registers_only.html_files() == EVERY_SITE
    page = registers_only.page("/help/")
    assert len(page.select(".help-contact")) == 6
    assert page.select_one('main a[href="tel:116123"]')
    assert page.select_one('main a[href="sms:85258?body=SHOUT"]')


def test_the_smallest_content(minimal: Built) -> None:
    """One article and its author give their pages, a card on the home page and feeds."""
    assert set(minimal.html_files()) == {*EVERY_SITE, "articles/hello/index.html", "people/editor/index.html"}
    assert minimal.page("/").select_one('a[href="/articles/hello/"]')


def test_from_another_working_directory(tmp_path: Path, minimal: Built) -> None:
    """The working directory makes no difference to the output, nor do relative paths."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(SITES / "minimal", Path("../output"), cwd=elsewhere)
    assert done.status == 0, done.stderr
    assert snapshot(tmp_path / "output") == snapshot(minimal.output)
    assert list(elsewhere.iterdir()) == []


def test_a_copy_of_the_content_elsewhere(tmp_path: Path, full: Built) -> None:
    """The content may live in any folder: what it is called and where it lies changes no byte."""
    copy = tmp_path / "some texts"
    for path, data in snapshot(SITES / "full").items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes(data)
    done = run(copy, tmp_path / "a site")
    assert done.status == 0, done.stderr
    assert snapshot(tmp_path / "a site") == snapshot(full.output)


def test_below_a_path_every_address_carries_it(below: Built, full: Built) -> None:
    """Below a path of its host the site has the same files, and whole addresses name host and path."""
    names = {path for path in full.files() if not path.startswith(_NAMED_BY_CONTENT)}
    assert {path for path in below.files() if not path.startswith(_NAMED_BY_CONTENT)} == names
    for path in below.html_files():
        assert "http://localhost" not in below.text(path)
        assert 'href="/articles/' not in below.text(path)
    assert below.addresses().redirects["/a/community/blog/everything"] == "/a/community/articles/everything/"


def test_lists_are_cut_into_pages(tmp_path: Path) -> None:
    """A long list goes on to a second page, with a title of its own and links both ways."""
    built = build_here(SITES / "full", tmp_path / "output", PAGE_SIZE=3)
    first, second = built.page("/articles/"), built.page("/articles/page/2/")
    assert len(first.select(".article-card")) == 3
    assert len(second.select(".article-card")) == 1
    assert second.title
    assert "page 2" in second.title.get_text()
    assert first.select_one('a[rel="next"][href="/articles/page/2/"]')
    assert second.select_one('a[rel="prev"][href="/articles/"]')
    assert second.select_one('nav [aria-current="page"]')


@pytest.mark.parametrize("page_size", [1, 2])
def test_small_pages_lose_nothing(tmp_path: Path, page_size: int, full: Built) -> None:
    """However small its pages, a list shows every entry once, in the same order."""
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
