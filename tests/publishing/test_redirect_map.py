"""Test that the redirect map lists each withdrawn address in every form."""

from __future__ import annotations

from plugins.content_model.tombstone import Tombstone
from plugins.publishing.redirect_map import gone


def stone(address: str, *aliases: str, was_public: bool = True) -> Tombstone:
    """Return a tombstone."""
    return Tombstone.model_construct(kind="story", address=address, aliases=aliases, was_public=was_public)


def test_every_form_of_an_address_is_named() -> None:
    """A folder address is listed with and without its slash and with its file. A file address is listed as it is."""
    assert gone([stone("/stories/x/", "/old.html")], "") == {
        "/stories/x": "stories/x/index.html",
        "/stories/x/": "stories/x/index.html",
        "/stories/x/index.html": "stories/x/index.html",
        "/old.html": "old.html",
    }


def test_the_file_of_a_folder_stands_for_the_folder() -> None:
    """An alias that ends in `index.html` is listed with the address of its folder."""
    forms = ("/old", "/old/", "/old/index.html")
    assert gone([stone(forms[2])], "") == (dict.fromkeys(forms, "old/index.html"))


def test_two_forms_of_one_alias_are_one_page() -> None:
    """`/blog/x` and `/blog/x/` of one entry or of two share one page."""
    found = gone([stone("/stories/x/", "/blog/x", "/blog/x/"), stone("/stories/y/", "/blog/x")], "")
    assert set(found.values()) == {"stories/x/index.html", "stories/y/index.html", "blog/x/index.html"}


def test_a_site_below_a_path_keeps_it() -> None:
    """Addresses and files start with the path prefix of the site."""
    found = gone([stone("/stories/x/")], "/a/b")
    assert found["/a/b/stories/x"] == "a/b/stories/x/index.html"
    assert len(found) == 3


def test_a_query_shares_the_page_of_the_address() -> None:
    """A withdrawn address with a query is gone too. It has no page of its own."""
    found = gone([stone("/stories/x/", "/?p=12")], "/sub")
    assert found["/sub/?p=12"] == "sub/stories/x/index.html"
    assert set(found.values()) == {"sub/stories/x/index.html"}
    assert gone([stone("/stories/x/", "/?p=12", was_public=False)], "") == {}


def test_what_was_never_public_is_not_named() -> None:
    """An entry that was never public has no gone addresses."""
    assert gone([stone("/stories/x/", was_public=False)], "") == {}
