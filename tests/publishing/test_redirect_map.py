"""The list of what is gone names each withdrawn address in every form, once."""

from __future__ import annotations

from plugins.content_model.registers import Tombstone
from plugins.publishing.redirect_map import gone


def stone(address: str, *aliases: str, was_public: bool = True) -> Tombstone:
    """Return a tombstone."""
    return Tombstone.model_construct(kind="story", address=address, aliases=aliases, was_public=was_public)


def test_every_form_of_an_address_is_named() -> None:
    """A folder's address with and without its slash, and its file; a file's address as it is."""
    assert gone([stone("/stories/x/", "/old.html")], "") == {
        "/stories/x": "stories/x/index.html",
        "/stories/x/": "stories/x/index.html",
        "/stories/x/index.html": "stories/x/index.html",
        "/old.html": "old.html",
    }


def test_the_file_of_a_folder_stands_for_the_folder() -> None:
    """An old address that names `index.html` is gone at the folder too, which shows the same page."""
    forms = ("/old", "/old/", "/old/index.html")
    assert gone([stone(forms[2])], "") == (dict.fromkeys(forms, "old/index.html"))


def test_two_forms_of_one_alias_are_one_page() -> None:
    """`/blog/x` and `/blog/x/`, of one entry or of two, have one page."""
    found = gone([stone("/stories/x/", "/blog/x", "/blog/x/"), stone("/stories/y/", "/blog/x")], "")
    assert set(found.values()) == {"stories/x/index.html", "stories/y/index.html", "blog/x/index.html"}


def test_a_site_below_a_path_keeps_it() -> None:
    """The prefix of the site stands before each address and each file."""
    found = gone([stone("/stories/x/")], "/a/b")
    assert found["/a/b/stories/x"] == "a/b/stories/x/index.html"
    assert len(found) == 3


def test_what_was_never_public_is_not_named() -> None:
    """An address that never existed is told to nobody."""
    assert gone([stone("/stories/x/", was_public=False)], "") == {}
