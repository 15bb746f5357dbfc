"""Test the addresses of pages and their files."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model import permalink


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/about/", "about/index.html"),
        ("/articles/a/", "articles/a/index.html"),
        ("/blog/slug", "blog/slug/index.html"),
        ("/old.html", "old.html"),
        ("/feeds/all.atom.xml", "feeds/all.atom.xml"),
    ],
)
def test_the_file_behind_an_address(address: str, file: str) -> None:
    """A folder has the file index.html, an address without a slash the same, and a file name has its own file."""
    assert permalink.file(address) == file


def test_addresses_of_lists() -> None:
    """The first page of a list is at the address of the list, and later ones are numbered below it."""
    assert permalink.index("articles") == "/articles/"
    assert permalink.index("articles", 3) == "/articles/page/3/"
    assert permalink.topic("t1", 3) == "/topics/t1/page/3/"
    assert permalink.person("p", 2) == "/people/p/page/2/"


_KEYS = st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,2})?", fullmatch=True)


@given(_KEYS, _KEYS, st.integers(1, 200), st.integers(1, 200))
def test_no_two_lists_share_an_address(one: str, other: str, page: int, number: int) -> None:
    """Different lists or pages have different addresses: page 3 of topic `t1` is not page 1 of topic `t13`."""
    same = permalink.topic(one, page) == permalink.topic(other, number)
    assert same == ((one, page) == (other, number))


@given(st.lists(st.integers()), st.integers(1, 20))
def test_pagination_keeps_every_item(items: list[int], size: int) -> None:
    """Pages keep the order and every item of a list. All but the last are full, and there is at least one."""
    pages = permalink.pages_of(items, size)
    assert [item for page in pages for item in page] == items
    assert all(len(page) == size for page in pages[:-1])
    assert pages


@given(st.lists(st.integers()), st.integers(1, 20))
def test_a_new_item_changes_the_first_page_alone(items: list[int], size: int) -> None:
    """Pages of the newest keep the order and every item, and all but the first are full.

    Of as many new items as a page has, one makes another page of the oldest of the first. The others leave the pages
    after the first as they are.
    """
    rows = [permalink.pages_of_newest([*range(more), *items], size) for more in range(size + 1)]
    for more, pages in enumerate(rows):
        assert [item for page in pages for item in page] == [*range(more), *items]
        assert all(len(page) == size for page in pages[1:])
        assert len(pages[0]) < 2 * size
    moved = sum(one[1:] != other[1:] for one, other in itertools.pairwise(rows))
    assert moved == (len(items) + size >= 2 * size)
