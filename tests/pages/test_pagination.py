"""One list, cut into pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.permalink import pages_of
from plugins.pages.pagination import list_pages
from plugins.pages.template_context import HOME, Meta
from plugins.views.views import Link

FIRST = Meta("Letters", "All of them.", "/search/a/", breadcrumbs=(HOME,), indexable=False)


def test_a_short_list_is_one_page() -> None:
    """What fits on one page, nothing too, is one, and says nothing of others."""
    for items in ([], ["a"], ["a", "b"]):
        (page,) = list_pages(FIRST, [items])
        assert (page.meta, list(page.items), page.pagination.count) == (FIRST, items, 1)


def test_a_further_page_says_which_it_is() -> None:
    """Each page after the first has a title, an address and a trail of its own; all else is as on the first."""
    first, second = list_pages(FIRST, [["a", "b"], ["c"]])
    assert (first.meta, list(first.items), list(second.items)) == (FIRST, ["a", "b"], ["c"])
    assert second.meta == Meta(
        "Letters, page 2",
        "All of them. Page 2 of 2.",
        "/search/a/page/2/",
        breadcrumbs=(HOME, Link("Letters", "/search/a/")),
        indexable=False,
    )
    assert (first.pagination.next, second.pagination.previous) == ("/search/a/page/2/", "/search/a/")


@given(st.lists(st.integers()), st.integers(1, 9))
def test_pages_hold_the_list(items: list[int], size: int) -> None:
    """One after the other, pages hold the whole list in its order, and no two share a title or an address."""
    pages = list(list_pages(FIRST, pages_of(items, size)))
    assert [item for page in pages for item in page.items] == items
    assert len({page.meta.title for page in pages}) == len({page.meta.permalink for page in pages}) == len(pages)
