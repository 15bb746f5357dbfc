"""The pages of the search."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from plugins.content_model.permalink import file
from plugins.engine.outputs import Outputs
from plugins.pages.search_pages import search_pages
from plugins.pages.site_page import Feeds
from plugins.search.a_to_z import letters
from plugins.views.search import SearchView, SiteSearch
from plugins.views.views import Link


@given(st.lists(st.text(min_size=1, max_size=3), max_size=60), st.integers(1, 5))
def test_any_titles_have_pages_of_their_own(titles: list[str], size: int) -> None:
    """Whatever titles begin with, no two pages claim one file or share a title, and each title is on one of them."""
    links = [Link(title, f"/{number}/") for number, title in enumerate(titles)]
    search = SiteSearch(lambda: SearchView("", (), (), in_one_file=True), lambda: letters(links), size)
    outputs, shown = Outputs(), []
    for page in search_pages(search, Feeds(())):
        outputs.add(file(page.permalink), page.owner, bytes)
        shown.append(page.shown)
    assert outputs.problems == ()
    assert len({page.meta.title for page in shown}) == len(shown)
    listed = [link for page in shown for link in page.inputs.get("links", ())]  # type: ignore[attr-defined]
    assert Counter(listed) == Counter(links)
